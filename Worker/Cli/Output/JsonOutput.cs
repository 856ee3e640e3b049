using System.Text.Encodings.Web;
using System.Text.Json;
using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>Serializes JSON output like workflow payloads, but indented.</summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions Options { get; } = new(StediDataConverter.Json)
    {
        WriteIndented = true,
        // The output is never embedded in HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, Options);
}
