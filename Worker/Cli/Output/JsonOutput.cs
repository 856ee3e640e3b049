using System.Text.Encodings.Web;
using System.Text.Json;
using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>How commands write JSON: as the workflow's payloads, for people to read too.</summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions Options { get; } = new(StediDataConverter.Json)
    {
        WriteIndented = true,
        // It goes to a terminal or a file, never into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, Options);
}
