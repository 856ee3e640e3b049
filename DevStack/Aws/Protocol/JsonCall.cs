using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Protocol;

/// <summary>The input of one Glue or Athena operation. Reading a member of the wrong JSON type throws
/// <see cref="AwsException"/>, so that operations need not check types.</summary>
internal sealed class JsonCall(JsonObject body, Principal principal, string invalidCode)
{
    public JsonObject Body => body;

    public Principal Principal => principal;

    public JsonCall Within(JsonObject part) => new(part, principal, invalidCode);

    public AwsException Invalid(string message) => new(invalidCode, message);

    public string? Text(string member) => Value<string>(member);

    public string Required(string member) =>
        Text(member) is { Length: > 0 } text ? text : throw Invalid($"{member} is required and must not be empty.");

    /// <summary>A required name in lower case, as the catalogue stores it.</summary>
    public string Name(string member)
    {
        var name = Required(member);
        if (name.Length > 255 || name.Any(char.IsControl))
        {
            throw Invalid($"{member} must have 1 to 255 characters and no control character.");
        }

        return name.ToLowerInvariant();
    }

    public bool Flag(string member) => body[member] is not null && Value<bool>(member);

    public int Number(string member, int fallback, int min, int max)
    {
        if (body[member] is null)
        {
            return fallback;
        }

        var number = Value<int>(member);
        return number >= min && number <= max ? number : throw Invalid($"{member} must be from {min} to {max}, not {number}.");
    }

    public JsonObject? Object(string member) => body[member] switch
    {
        null => null,
        JsonObject value => value,
        _ => throw WrongType(member, "an object"),
    };

    public JsonObject RequiredObject(string member) => Object(member) ?? throw Invalid($"{member} is required.");

    public IReadOnlyList<string> Texts(string member) => body[member] switch
    {
        null => [],
        JsonArray array => [.. array.Select(e => e is JsonValue v && v.TryGetValue<string>(out var s) ? s : throw WrongType(member, "a list of strings"))],
        _ => throw WrongType(member, "a list"),
    };

    public IReadOnlyList<JsonObject> Objects(string member) => body[member] switch
    {
        null => [],
        JsonArray array => [.. array.Select(e => e as JsonObject ?? throw WrongType(member, "a list of objects"))],
        _ => throw WrongType(member, "a list"),
    };

    private T? Value<T>(string member) => body[member] switch
    {
        null => default,
        JsonValue value when value.TryGetValue<T>(out var result) => result,
        _ => throw WrongType(member, typeof(T) == typeof(string) ? "a string" : typeof(T) == typeof(bool) ? "true or false" : "a whole number"),
    };

    private static AwsException WrongType(string member, string kind) => new("SerializationException", $"{member} must be {kind}.");
}

/// <summary>Pages of an ordered list. A token encodes the position of the next page.</summary>
internal static class Pagination
{
    public static (IReadOnlyList<T> Items, string? NextToken) Of<T>(IReadOnlyList<T> all, JsonCall call, int maxResults)
    {
        var start = Start(call);
        var items = all.Skip(start).Take(maxResults).ToList();
        return (items, start + items.Count < all.Count ? Token(start + items.Count) : null);
    }

    public static int Start(JsonCall call)
    {
        if (call.Text("NextToken") is not { Length: > 0 } token)
        {
            return 0;
        }

        try
        {
            if (int.TryParse(Encoding.ASCII.GetString(Convert.FromBase64String(token)), CultureInfo.InvariantCulture, out var start) && start >= 0)
            {
                return start;
            }
        }
        catch (FormatException)
        {
            // Not a token of this endpoint: refused below.
        }
        throw call.Invalid("NextToken is not valid.");
    }

    public static string Token(int start) => Convert.ToBase64String(Encoding.ASCII.GetBytes(start.ToString(CultureInfo.InvariantCulture)));
}
