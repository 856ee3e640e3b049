using System.Globalization;
using System.Text.Json;
using Temporalio.Api.Common.V1;

namespace Stedi.Temporal.Worker.Cli.Runs;

/// <summary>Summarizes a step's result for progress displays.</summary>
internal static class StepResultSummary
{
    /// <summary>The summary of a result, or null if there is none.</summary>
    public static string? Describe(Payloads? result)
    {
        if (result is not { Payloads_: [var payload, ..] } || Parse(payload) is not { ValueKind: JsonValueKind.Object } root)
        {
            return null;
        }

        if (Number(root, "accepted") is { } accepted)
        {
            return Number(root, "rejected") is > 0 and var rejected ? $"{Format(accepted)} lines, {Format(rejected)} rejected" : $"{Format(accepted)} lines";
        }

        if (Number(root, "rows") is { } rows)
        {
            return $"{Format(rows)} rows";
        }

        if (Number(root, "generation") is { } generation)
        {
            return $"snapshot {Format(generation)}";
        }

        var audit = root.TryGetProperty("audit", out var inner) ? inner : root;
        if (Number(audit, "violations") is { } violations)
        {
            return violations == 0 ? "passed" : $"{Format(violations)} violations";
        }

        return Number(root, "files") is { } files ? $"{Format(files)} {(files == 1 ? "file" : "files")}" : null;
    }

    /// <summary>The string in a JSON payload, such as an activity's summary; null if it is not one.</summary>
    public static string? Text(Payload? payload) =>
        payload is not null && Parse(payload) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Parse(Payload payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload.Data.Memory);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.TryGetInt64OrNull() is { } number ? number : null;

    private static long? TryGetInt64OrNull(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) ? number : null;

    private static string Format(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
