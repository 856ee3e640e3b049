using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Stedi.Temporal.Workflows.Inputs;

/// <summary>
/// Reads a workflow's input from any payload. One that is not JSON becomes an input with a problem: an exception here would fail the
/// workflow task, which the server retries forever.
/// </summary>
internal sealed class InputPayloadConverter(IPayloadConverter inner) : IPayloadConverter
{
    private const string Encoding = "encoding";
    private const string Json = "json/plain";
    private const string Null = "binary/null";
    private static readonly Payload NoObject = new() { Data = ByteString.CopyFromUtf8("[]"), Metadata = { [Encoding] = ByteString.CopyFromUtf8(Json) } };

    /// <inheritdoc/>
    public Payload ToPayload(object? value) => inner.ToPayload(value);

    /// <inheritdoc/>
    public object? ToValue(Payload payload, Type type)
    {
        if (!type.IsAssignableTo(typeof(IWorkflowInput)))
        {
            return inner.ToValue(payload, type);
        }

        var encoding = payload.Metadata.TryGetValue(Encoding, out var found) ? found.ToStringUtf8() : "";
        if (encoding is not (Json or Null) || ArgumentCountCodec.IsOneOfSeveral(payload))
        {
            return inner.ToValue(NoObject, type);
        }

        try
        {
            return inner.ToValue(payload, type);
        }
        catch (JsonException)
        {
            return inner.ToValue(NoObject, type);
        }
    }
}

/// <summary>Marks the first of several arguments, of which the SDK passes on only as many as a workflow takes.</summary>
internal sealed class ArgumentCountCodec : IPayloadCodec
{
    private const string Count = "stedi-arguments";

    /// <summary>Whether a payload was decoded with others.</summary>
    public static bool IsOneOfSeveral(Payload payload) => payload.Metadata.ContainsKey(Count);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) => Task.FromResult(payloads);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads)
    {
        if (payloads.Count < 2)
        {
            return Task.FromResult(payloads);
        }

        var first = payloads.First().Clone();
        first.Metadata[Count] = ByteString.CopyFromUtf8($"{payloads.Count}");
        return Task.FromResult<IReadOnlyCollection<Payload>>([first, .. payloads.Skip(1)]);
    }
}
