using System.Text.Json;

namespace Stedi.Temporal.Workflows;

/// <summary>The fields of <see cref="LakehouseInput"/> in JSON.</summary>
public sealed class LakehouseInputConverter : InputConverter<LakehouseInput>
{
    static readonly string[] policies = Enum.GetNames<ConsentPolicy>();

    static readonly IReadOnlyList<InputField<LakehouseInput>> fields =
    [
        new(
            "sourcePrefix",
            "empty or a key prefix such as \"uploads/2026/\": no leading slash, no \"..\", a slash at the end",
            (input, value) => value.ValueKind == JsonValueKind.String && IsPrefix(value.GetString()!) ? input with { SourcePrefix = value.GetString()! } : null,
            (input, writer) => writer.WriteStringValue(input.SourcePrefix)),
        new(
            "consentPolicy",
            $"one of {string.Join(", ", policies)}",
            (input, value) => value.ValueKind == JsonValueKind.String && policies.Contains(value.GetString())
                ? input with { ConsentPolicy = Enum.Parse<ConsentPolicy>(value.GetString()!) }
                : null,
            (input, writer) => writer.WriteStringValue(input.ConsentPolicy.ToString())),
        new(
            "rejectedLinesLimit",
            "a number from 0 to 1 (0.01 is one line in a hundred)",
            (input, value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var limit) && limit is >= 0 and <= 1
                ? input with { RejectedLinesLimit = limit }
                : null,
            (input, writer) => writer.WriteNumberValue(input.RejectedLinesLimit)),
        WholeNumber("snapshotsToKeep", 1, 1000, input => input.SnapshotsToKeep, (input, keep) => input with { SnapshotsToKeep = keep }),
        Flag("allowLooserPolicy", input => input.AllowLooserPolicy, (input, allow) => input with { AllowLooserPolicy = allow }),
        WholeNumber("heartbeatSeconds", 1, 3600, input => input.HeartbeatSeconds, (input, seconds) => input with { HeartbeatSeconds = seconds }),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<InputField<LakehouseInput>> Fields => fields;

    /// <inheritdoc/>
    protected override LakehouseInput WithProblems(LakehouseInput input, IReadOnlyList<string> problems) => input with { Problems = problems };

    static bool IsPrefix(string prefix) =>
        prefix.Length == 0
        || (prefix.Length <= 512
            && prefix[^1] == '/'
            && prefix[0] != '/'
            && prefix.Split('/')[..^1].All(part => part.Length > 0 && part is not ("." or ".."))
            && prefix.All(c => char.IsAsciiLetterOrDigit(c) || "/_-.=".Contains(c)));
}
