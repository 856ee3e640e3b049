using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Stedi.Aws.Runtime;

/// <summary>An error that operations can declare: its code and how to create its exception.</summary>
internal sealed record ModelledError(string Code, Func<ErrorResponse, ErrorMembers, AmazonServiceException> Make);

/// <summary>The members of an error beside its code and message.</summary>
internal readonly struct ErrorMembers
{
    private readonly JsonElement _body;

    private ErrorMembers(JsonElement body) => _body = body;

    public static ErrorMembers Parse(ReadOnlyMemory<byte> body)
    {
        // The code can be in a header only, with a body that is empty or not JSON.
        try
        {
            using var document = JsonDocument.Parse(body);
            return new(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return default;
        }
    }

    public string Text(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public bool? Flag(string name) =>
        Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    private JsonElement? Find(string name) =>
        _body.ValueKind == JsonValueKind.Object && _body.TryGetProperty(name, out var value) ? value : null;
}
