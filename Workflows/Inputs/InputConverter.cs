using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stedi.Temporal.Workflows.Inputs;

/// <summary>A workflow's input that keeps what its converter could not accept.</summary>
public interface IWorkflowInput
{
    /// <summary>One message per invalid field.</summary>
    public IReadOnlyList<string> Problems { get; }
}

/// <summary>
/// Reads a workflow's input field by field, and keeps a problem where another converter would throw: an input that cannot be
/// read would fail the workflow task, which the server retries for ever. The workflow refuses an input with problems.
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
            return WithProblems(new(), ["The input is not a JSON object. Give {} for a run with all defaults."]);
        }

        var problems = new List<string>();
        var input = new T();
        foreach (var given in root.EnumerateObject())
        {
            var field = Fields.FirstOrDefault(field => field.Name == given.Name);
            if (field is null)
            {
                problems.Add($"{Shorten(given.Name)} is not a field. Fields: {string.Join(", ", Fields.Select(known => known.Name))}.");
            }
            else if (field.Read(input, given.Value) is { } read)
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
        foreach (var field in Fields)
        {
            writer.WritePropertyName(field.Name);
            field.Write(value, writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>The input, and what is wrong with it.</summary>
    protected abstract T WithProblems(T input, IReadOnlyList<string> problems);

    /// <summary>A field that is true or false.</summary>
    protected static InputField<T> Flag(string name, Func<T, bool> get, Func<T, bool, T> set) => new(
        name,
        "true or false",
        (input, value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? set(input, value.GetBoolean()) : null,
        (input, writer) => writer.WriteBooleanValue(get(input)));

    /// <summary>A field that is a whole number within bounds.</summary>
    protected static InputField<T> WholeNumber(string name, int least, int most, Func<T, int> get, Func<T, int, T> set) => new(
        name,
        $"a whole number from {least} to {most}",
        (input, value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most ? set(input, number) : null,
        (input, writer) => writer.WriteNumberValue(get(input)));

    private static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "...";
}

/// <summary>One field of a workflow's input: how it is read, what is allowed, how it is written.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Allowed">What is allowed, as the end of a sentence that starts with the name and "must be".</param>
/// <param name="Read">The input with the field's value, or null if the value is not allowed.</param>
/// <param name="Write">The field's value.</param>
public sealed record InputField<T>(string Name, string Allowed, Func<T, JsonElement, T?> Read, Action<T, Utf8JsonWriter> Write)
    where T : class;
