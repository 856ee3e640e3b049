using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stedi.Temporal.Workflows.Inputs;

/// <summary>
/// The input of <see cref="LakehouseWorkflow"/>. Every field has a default, so <c>{}</c> is valid. Reading it from JSON
/// never throws: <see cref="Problems"/> lists what is invalid, and the workflow fails with it.
/// </summary>
[JsonConverter(typeof(LakehouseInputConverter))]
public sealed record LakehouseInput : IWorkflowInput
{
    /// <summary>The prefix of all landing keys, before <c>customer/landing/</c> and the like; empty, or ending in a slash.</summary>
    public string SourcePrefix { get; init; } = "";

    /// <summary>The bucket of the lake that the run is for, or empty for that of the worker that takes the first step.</summary>
    public string Lake { get; init; } = "";

    /// <summary>Which readings of a consenting person may be used.</summary>
    public ConsentPolicy ConsentPolicy { get; init; } = ConsentPolicy.Given;

    /// <summary>
    /// The largest tolerated share of the rejected among a source's lines, its bytes and its files, from 0 to 1. Above it, the
    /// run fails.
    /// </summary>
    public double RejectedLinesLimit { get; init; } = 0.01;

    /// <summary>The number of snapshots to keep for rollback, including the newest; at least 1.</summary>
    public int SnapshotsToKeep { get; init; } = 4;

    /// <summary>Whether the run may replace a snapshot with a stricter consent policy.</summary>
    public bool AllowLooserPolicy { get; init; }

    /// <summary>
    /// The generation of a snapshot that the run may replace with much less data, or 0. A later snapshot has another generation,
    /// so it holds once.
    /// </summary>
    public int AllowShrink { get; init; }

    /// <summary>Whether the run may replace a snapshot that was built from another source prefix.</summary>
    public bool AllowSourceChange { get; init; }

    /// <summary>One message per invalid field of the JSON; empty for an input created in code.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Compares all fields, and problems by content.</summary>
    public bool Equals(LakehouseInput? other) =>
        other is not null
        && SourcePrefix == other.SourcePrefix
        && Lake == other.Lake
        && ConsentPolicy == other.ConsentPolicy
        && RejectedLinesLimit.Equals(other.RejectedLinesLimit)
        && SnapshotsToKeep == other.SnapshotsToKeep
        && AllowLooserPolicy == other.AllowLooserPolicy
        && AllowShrink == other.AllowShrink
        && AllowSourceChange == other.AllowSourceChange
        && Problems.SequenceEqual(other.Problems);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SourcePrefix, ConsentPolicy, RejectedLinesLimit, SnapshotsToKeep);
}

/// <summary>Reads and writes <see cref="LakehouseInput"/> as JSON.</summary>
public sealed class LakehouseInputConverter : InputConverter<LakehouseInput>
{
    private static readonly string[] Policies = Enum.GetNames<ConsentPolicy>();

    private static readonly IReadOnlyList<InputField<LakehouseInput>> InputFields =
    [
        new(
            "sourcePrefix",
            string.Create(CultureInfo.InvariantCulture, $"empty or a key prefix of at most {InputLimits.MaxSourcePrefixLength} characters, such as \"uploads/2026/\": no leading slash, no \"..\", a slash at the end"),
            (input, value) => value.ValueKind == JsonValueKind.String && IsPrefix(value.GetString()!) ? input with { SourcePrefix = value.GetString()! } : null,
            (input, writer) => writer.WriteStringValue(input.SourcePrefix)),
        LakeName(input => input.Lake, (input, lake) => input with { Lake = lake }),
        new(
            "consentPolicy",
            $"one of {string.Join(", ", Policies)}",
            (input, value) => value.ValueKind == JsonValueKind.String && Policies.Contains(value.GetString())
                ? input with { ConsentPolicy = Enum.Parse<ConsentPolicy>(value.GetString()!) }
                : null,
            (input, writer) => writer.WriteStringValue(input.ConsentPolicy.ToString())),
        new(
            "rejectedLinesLimit",
            string.Create(CultureInfo.InvariantCulture, $"a number from {InputLimits.MinRejectedLinesLimit} to {InputLimits.MaxRejectedLinesLimit} (0.01 is one in a hundred)"),
            (input, value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var limit) && limit is >= InputLimits.MinRejectedLinesLimit and <= InputLimits.MaxRejectedLinesLimit
                ? input with { RejectedLinesLimit = limit }
                : null,
            (input, writer) => writer.WriteNumberValue(input.RejectedLinesLimit)),
        WholeNumber("snapshotsToKeep", InputLimits.MinSnapshotsToKeep, InputLimits.MaxSnapshotsToKeep, input => input.SnapshotsToKeep, (input, keep) => input with { SnapshotsToKeep = keep }),
        Flag("allowLooserPolicy", input => input.AllowLooserPolicy, (input, allow) => input with { AllowLooserPolicy = allow }),
        WholeNumber("allowShrink", 0, int.MaxValue, input => input.AllowShrink, (input, generation) => input with { AllowShrink = generation }),
        Flag("allowSourceChange", input => input.AllowSourceChange, (input, allow) => input with { AllowSourceChange = allow }),
        Former("heartbeatSeconds"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<InputField<LakehouseInput>> Fields => InputFields;

    /// <inheritdoc/>
    protected override LakehouseInput WithProblems(LakehouseInput input, IReadOnlyList<string> problems) => input with { Problems = problems };

    private static bool IsPrefix(string prefix) =>
        prefix.Length == 0
        || (prefix.Length <= InputLimits.MaxSourcePrefixLength
            && prefix[^1] == '/'
            && prefix[0] != '/'
            && prefix.Split('/')[..^1].All(part => part.Length > 0 && part is not ("." or ".."))
            && prefix.All(c => char.IsAsciiLetterOrDigit(c) || "/_-.=".Contains(c)));
}
