using Stedi.Temporal.Activities;
using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Worker.Settings;

/// <summary>What temporal-dev.yaml and the environment say; every part has defaults.</summary>
public sealed record StediSettings
{
    /// <summary>The Temporal server.</summary>
    public TemporalSettings Temporal { get; init; } = new();

    /// <summary>The account, or what a laptop has instead.</summary>
    public AwsSettings Aws { get; init; } = new();

    /// <summary>The names of the lake's parts.</summary>
    public LakeSettings Lake { get; init; } = new();

    /// <summary>The landing data that is generated where a laptop's lake is empty.</summary>
    public GeneratedLandingSettings Landing { get; init; } = new();

    /// <summary>The workflow id of the main job: one lake has one.</summary>
    public string WorkflowId { get; init; } = "stedi-lakehouse";

    /// <summary>The lake as the activities know it.</summary>
    public LakeOptions LakeOptions => Lake.In(Aws.Bucket ?? AwsSettings.EmbeddedBucket, Aws, Temporal);

    /// <summary>What a run is asked to do where the command line does not say otherwise.</summary>
    public LakehouseInput Run { get; init; } = new();
}
