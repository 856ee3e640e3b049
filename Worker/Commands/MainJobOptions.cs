using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>What the command line says of the main job; null leaves it to temporal-dev.yaml.</summary>
public sealed record MainJobOptions
{
    public string? Landing { get; init; }

    public ConsentPolicy? Consent { get; init; }

    public bool AllowLooserPolicy { get; init; }

    public bool NewPseudonyms { get; init; }

    public bool Json { get; init; }

    public string? ConfigFile { get; init; }

    /// <summary>Whether this process works on the run; otherwise a worker elsewhere does.</summary>
    public bool WorksItself { get; init; } = true;

    /// <summary>Whether this process follows the run to its end.</summary>
    public bool Waits { get; init; } = true;
}
