using System.Text.Json;

namespace Stedi.Temporal.Workflows;

/// <summary>One field of a workflow's input: how it is read, what is allowed, how it is written.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Allowed">What is allowed, as the end of a sentence that starts with the name and "must be".</param>
/// <param name="Read">The input with the field's value, or null if the value is not allowed.</param>
/// <param name="Write">The field's value.</param>
public sealed record InputField<T>(string Name, string Allowed, Func<T, JsonElement, T?> Read, Action<T, Utf8JsonWriter> Write)
    where T : class;
