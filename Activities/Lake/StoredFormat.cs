using System.Text.Json;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>The format of the JSON objects that the pipeline keeps in the lake: their member <c>format</c>.</summary>
public static class StoredFormat
{
    /// <summary>The format that this version writes. It reads this one and earlier ones; an object without a format is of the first.</summary>
    public const int Current = 1;

    private const string Member = "format";

    /// <summary>Reads an object.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="uri">Its URI, for the message.</param>
    /// <exception cref="JsonException">It cannot be read.</exception>
    /// <exception cref="ApplicationFailureException">A later version wrote it: <see cref="FailureTypes.BrokenContract"/>, not retryable.</exception>
    public static T Read<T>(string text, string uri)
        where T : class
    {
        using var document = JsonDocument.Parse(text);
        if (document.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty(Member, out var format)
            && format.ValueKind == JsonValueKind.Number
            && format.GetDouble() > Current)
        {
            throw new ApplicationFailureException(
                $"{uri} has format {format.GetRawText()}, and this version of the pipeline knows formats up to {Current}. Nothing was changed. Upgrade the workers.",
                FailureTypes.BrokenContract,
                nonRetryable: true);
        }

        return document.Deserialize<T>(StediDataConverter.Json) ?? throw new JsonException();
    }
}
