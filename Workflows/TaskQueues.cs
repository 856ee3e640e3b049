namespace Stedi.Temporal.Workflows;

/// <summary>Task queue names, said once for workers, clients and schedules.</summary>
public static class TaskQueues
{
    /// <summary>The queue of the lakehouse workflow and its activities.</summary>
    public const string Lakehouse = "stedi-lakehouse";
}
