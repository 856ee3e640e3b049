using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stedi.Temporal.Workflows.Inputs;

/// <summary>A workflow's input, with what was invalid in the JSON that it was read from.</summary>
public interface IWorkflowInput
{
    /// <summary>One message per invalid field.</summary>
    public IReadOnlyList<string> Problems { get; }
}

/// <summary>
/// Reads a workflow's input field by field and collects problems instead of throwing: an exception here would fail the
/// workflow task, which the server retries forever. The workflow fails with the problems instead.
/// </summary>
public abstract class InputConverter<T> : JsonConverter<T>
    where T : class, new()
{
    /// <inheritdoc/>
    public sealed override bool HandleNull => true;

    /// <summary>The fields, in the order in which they are written.</summary>
    protected abstract IReadOnlyList<InputField<T>> Fields { get; }

    /// <inheritdoc/>
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Null)
        {
            return new();
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return WithProblems(new(), ["The input is not one JSON object (encoding json/plain). Give {} for a run with all defaults."]);
        }

        var problems = new List<string>();
        var input = new T();
        foreach (var property in root.EnumerateObject())
        {
            var field = Fields.FirstOrDefault(field => field.Name == property.Name);
            if (field is null)
            {
                problems.Add($"{Shorten(property.Name)} is not a field. Fields: {string.Join(", ", Fields.Where(known => known.Write is not null).Select(known => known.Name))}.");
            }
            else if (field.Read(input, property.Value) is { } read)
            {
                input = read;
            }
            else
            {
                problems.Add($"{field.Name} must be {field.Allowed}.");
            }
        }

        return WithProblems(input, problems);
    }

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var field in Fields.Where(field => field.Write is not null))
        {
            writer.WritePropertyName(field.Name);
            field.Write!(value, writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>Returns the input with its problems.</summary>
    protected abstract T WithProblems(T input, IReadOnlyList<string> problems);

    /// <summary>Creates the field that names the lake by its bucket.</summary>
    protected static InputField<T> LakeName(Func<T, string> get, Func<T, string, T> set) => new(
        "lake",
        $"empty or the name of a bucket, of at most {InputLimits.MaxBucketLength} characters",
        (input, value) => value.ValueKind == JsonValueKind.String && IsBucket(value.GetString()!) ? set(input, value.GetString()!) : null,
        (input, writer) => writer.WriteStringValue(get(input)));

    /// <summary>Creates a boolean field.</summary>
    protected static InputField<T> Flag(string name, Func<T, bool> get, Func<T, bool, T> set) => new(
        name,
        "true or false",
        (input, value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? set(input, value.GetBoolean()) : null,
        (input, writer) => writer.WriteBooleanValue(get(input)));

    /// <summary>Creates an integer field with inclusive bounds.</summary>
    protected static InputField<T> WholeNumber(string name, int min, int max, Func<T, int> get, Func<T, int, T> set) => new(
        name,
        $"a whole number from {min} to {max}",
        (input, value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max ? set(input, number) : null,
        (input, writer) => writer.WriteNumberValue(get(input)));

    /// <summary>Creates a field that stored inputs and schedules of earlier versions have. It is accepted, ignored and not written.</summary>
    protected static InputField<T> Former(string name) => new(name, "anything", (input, _) => input, null);

    private static bool IsBucket(string name) => name.Length <= InputLimits.MaxBucketLength && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');

    private static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "...";
}

/// <summary>One field of a workflow's input.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Allowed">The allowed values, completing the sentence "(name) must be ...".</param>
/// <param name="Read">Returns the input with the field set, or null if the value is not allowed.</param>
/// <param name="Write">Writes the field's value; null for a field that is ignored.</param>
public sealed record InputField<T>(string Name, string Allowed, Func<T, JsonElement, T?> Read, Action<T, Utf8JsonWriter>? Write)
    where T : class;
