using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stedi.Temporal.Workflows.Inputs;

/// <summary>
/// What a run is asked to do. Every field has a default, so <c>{}</c> runs. Reading it from JSON never throws: what
/// does not fit is kept in <see cref="Problems"/>, and the workflow refuses it with the field and what is allowed.
/// (A converter that threw would fail the workflow task, which the server retries for ever.)
/// </summary>
[JsonConverter(typeof(LakehouseInputConverter))]
public sealed record LakehouseInput : IWorkflowInput
{
    /// <summary>The part of each landing key before <c>customer/landing/</c> and its siblings; empty, or ending in a slash.</summary>
    public string SourcePrefix { get; init; } = "";

    /// <summary>Which readings of a consenting person may be used.</summary>
    public ConsentPolicy ConsentPolicy { get; init; } = ConsentPolicy.Given;

    /// <summary>The share of a source's lines, from 0 to 1, above which rejected lines stop the run.</summary>
    public double RejectedLinesLimit { get; init; } = 0.01;

    /// <summary>How many published snapshots stay for rollback, the newest included; at least 1.</summary>
    public int SnapshotsToKeep { get; init; } = 4;

    /// <summary>Whether this run may publish under a looser policy than the snapshot it replaces.</summary>
    public bool AllowLooserPolicy { get; init; }

    /// <summary>
    /// Seconds without a sign of life after which a step counts as dead and is tried again, at least 1. Shorter finds
    /// a killed worker sooner; longer forgives a slow network.
    /// </summary>
    public int HeartbeatSeconds { get; init; } = 10;

    /// <summary>What the JSON held that is not allowed, a sentence each; empty for an input made in code.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Two inputs are equal when they ask for the same run.</summary>
    public bool Equals(LakehouseInput? other) =>
        other is not null
        && SourcePrefix == other.SourcePrefix
        && ConsentPolicy == other.ConsentPolicy
        && RejectedLinesLimit.Equals(other.RejectedLinesLimit)
        && SnapshotsToKeep == other.SnapshotsToKeep
        && AllowLooserPolicy == other.AllowLooserPolicy
        && HeartbeatSeconds == other.HeartbeatSeconds
        && Problems.SequenceEqual(other.Problems);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SourcePrefix, ConsentPolicy, RejectedLinesLimit, SnapshotsToKeep);
}

/// <summary>The FieldsByName of <see cref="LakehouseInput"/> in JSON.</summary>
public sealed class LakehouseInputConverter : InputConverter<LakehouseInput>
{
    private static readonly string[] Policies = Enum.GetNames<ConsentPolicy>();

    private static readonly IReadOnlyList<InputField<LakehouseInput>> FieldsByName =
    [
        new(
            "sourcePrefix",
            "empty or a key prefix such as \"uploads/2026/\": no leading slash, no \"..\", a slash at the end",
            (input, value) => value.ValueKind == JsonValueKind.String && IsPrefix(value.GetString()!) ? input with { SourcePrefix = value.GetString()! } : null,
            (input, writer) => writer.WriteStringValue(input.SourcePrefix)),
        new(
            "consentPolicy",
            $"one of {string.Join(", ", Policies)}",
            (input, value) => value.ValueKind == JsonValueKind.String && Policies.Contains(value.GetString())
                ? input with { ConsentPolicy = Enum.Parse<ConsentPolicy>(value.GetString()!) }
                : null,
            (input, writer) => writer.WriteStringValue(input.ConsentPolicy.ToString())),
        new(
            "rejectedLinesLimit",
            string.Create(CultureInfo.InvariantCulture, $"a number from {InputLimits.MinRejectedLinesLimit} to {InputLimits.MaxRejectedLinesLimit} (0.01 is one line in a hundred)"),
            (input, value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var limit) && limit is >= InputLimits.MinRejectedLinesLimit and <= InputLimits.MaxRejectedLinesLimit
                ? input with { RejectedLinesLimit = limit }
                : null,
            (input, writer) => writer.WriteNumberValue(input.RejectedLinesLimit)),
        WholeNumber("snapshotsToKeep", InputLimits.MinSnapshotsToKeep, InputLimits.MaxSnapshotsToKeep, input => input.SnapshotsToKeep, (input, keep) => input with { SnapshotsToKeep = keep }),
        Flag("allowLooserPolicy", input => input.AllowLooserPolicy, (input, allow) => input with { AllowLooserPolicy = allow }),
        WholeNumber("heartbeatSeconds", InputLimits.MinHeartbeatSeconds, InputLimits.MaxHeartbeatSeconds, input => input.HeartbeatSeconds, (input, seconds) => input with { HeartbeatSeconds = seconds }),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<InputField<LakehouseInput>> Fields => FieldsByName;

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
