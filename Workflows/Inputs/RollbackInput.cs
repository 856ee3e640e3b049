using System.Text.Json.Serialization;

namespace Stedi.Temporal.Workflows.Inputs;

/// <summary>Which published state to go back to. Every field has a default, so <c>{}</c> goes back by one.</summary>
[JsonConverter(typeof(RollbackInputConverter))]
public sealed record RollbackInput : IWorkflowInput
{
    /// <summary>The generation to go back to, or 0 for the one before the current one.</summary>
    public int Generation { get; init; }

    /// <summary>Whether the snapshot gone back to may have a looser policy than the current one.</summary>
    public bool AllowLooserPolicy { get; init; }

    /// <summary>See <see cref="LakehouseInput.HeartbeatSeconds"/>.</summary>
    public int HeartbeatSeconds { get; init; } = 10;

    /// <summary>What the JSON held that is not allowed, a sentence each; empty for an input made in code.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>The FieldsByName of <see cref="RollbackInput"/> in JSON.</summary>
public sealed class RollbackInputConverter : InputConverter<RollbackInput>
{
    private static readonly IReadOnlyList<InputField<RollbackInput>> FieldsByName =
    [
        WholeNumber("generation", 0, int.MaxValue, input => input.Generation, (input, generation) => input with { Generation = generation }),
        Flag("allowLooserPolicy", input => input.AllowLooserPolicy, (input, allow) => input with { AllowLooserPolicy = allow }),
        WholeNumber("heartbeatSeconds", InputLimits.MinHeartbeatSeconds, InputLimits.MaxHeartbeatSeconds, input => input.HeartbeatSeconds, (input, seconds) => input with { HeartbeatSeconds = seconds }),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<InputField<RollbackInput>> Fields => FieldsByName;

    /// <inheritdoc/>
    protected override RollbackInput WithProblems(RollbackInput input, IReadOnlyList<string> problems) => input with { Problems = problems };
}
