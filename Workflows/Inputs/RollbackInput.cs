using System.Text.Json.Serialization;

namespace Stedi.Temporal.Workflows.Inputs;

/// <summary>The input of <see cref="RollbackWorkflow"/>. Every field has a default, so <c>{}</c> restores the previous snapshot.</summary>
[JsonConverter(typeof(RollbackInputConverter))]
public sealed record RollbackInput : IWorkflowInput
{
    /// <summary>The generation to restore, or 0 for the one before the current one.</summary>
    public int Generation { get; init; }

    /// <summary>Whether the restored snapshot may have a looser consent policy than the current one.</summary>
    public bool AllowLooserPolicy { get; init; }

    /// <summary>See <see cref="LakehouseInput.Lake"/>.</summary>
    public string Lake { get; init; } = "";

    /// <summary>One message per invalid field of the JSON; empty for an input created in code.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>Reads and writes <see cref="RollbackInput"/> as JSON.</summary>
public sealed class RollbackInputConverter : InputConverter<RollbackInput>
{
    private static readonly IReadOnlyList<InputField<RollbackInput>> InputFields =
    [
        WholeNumber("generation", 0, int.MaxValue, input => input.Generation, (input, generation) => input with { Generation = generation }),
        LakeName(input => input.Lake, (input, lake) => input with { Lake = lake }),
        Flag("allowLooserPolicy", input => input.AllowLooserPolicy, (input, allow) => input with { AllowLooserPolicy = allow }),
        Former("heartbeatSeconds"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<InputField<RollbackInput>> Fields => InputFields;

    /// <inheritdoc/>
    protected override RollbackInput WithProblems(RollbackInput input, IReadOnlyList<string> problems) => input with { Problems = problems };
}
