namespace Stedi.Temporal.Workflows;

/// <summary>The fields of <see cref="RollbackInput"/> in JSON.</summary>
public sealed class RollbackInputConverter : InputConverter<RollbackInput>
{
    static readonly IReadOnlyList<InputField<RollbackInput>> fields =
    [
        WholeNumber("generation", 0, int.MaxValue, input => input.Generation, (input, generation) => input with { Generation = generation }),
        Flag("allowLooserPolicy", input => input.AllowLooserPolicy, (input, allow) => input with { AllowLooserPolicy = allow }),
        WholeNumber("heartbeatSeconds", 1, 3600, input => input.HeartbeatSeconds, (input, seconds) => input with { HeartbeatSeconds = seconds }),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<InputField<RollbackInput>> Fields => fields;

    /// <inheritdoc/>
    protected override RollbackInput WithProblems(RollbackInput input, IReadOnlyList<string> problems) => input with { Problems = problems };
}
