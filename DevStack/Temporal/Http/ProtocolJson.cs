using Google.Protobuf.Reflection;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>Protobuf JSON in the format of the official HTTP API.</summary>
internal static class ProtocolJson
{
    private static readonly TypeRegistry Types = TypeRegistry.FromFiles(
        [
            .. OperationCatalog.Services.Select(s => s.File),
            Temporalio.Api.ErrorDetails.V1.MessageReflection.Descriptor,
            Temporalio.Api.Update.V1.MessageReflection.Descriptor,
        ]);

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(Types));
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true).WithTypeRegistry(Types));

    public static string Format(IMessage message) => Formatter.Format(message);

    /// <exception cref="RequestException">The text is not a valid message of the type.</exception>
    public static IMessage Parse(string json, MessageDescriptor descriptor)
    {
        try
        {
            return Parser.Parse(json, descriptor);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or FormatException or InvalidOperationException)
        {
            throw RpcErrors.InvalidArgument($"The request body cannot be read: {e.Message}");
        }
    }
}
