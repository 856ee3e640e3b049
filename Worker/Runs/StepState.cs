namespace Stedi.Temporal.Worker.Runs;

/// <summary>What a step is doing.</summary>
public enum StepState
{
    /// <summary>No worker has taken it.</summary>
    Waiting,

    /// <summary>A worker is at it.</summary>
    Running,

    /// <summary>An attempt failed; another one comes, or is under way.</summary>
    Retrying,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It failed for good.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}
