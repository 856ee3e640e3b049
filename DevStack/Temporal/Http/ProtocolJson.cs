using Google.Protobuf.Reflection;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>Protobuf's JSON as the official HTTP API speaks it.</summary>
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

    /// <exception cref="RequestException">The text is no such message.</exception>
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
