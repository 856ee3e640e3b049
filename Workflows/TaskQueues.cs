namespace Stedi.Temporal.Workflows;

/// <summary>The names of task queues.</summary>
public static class TaskQueues
{
    /// <summary>The queue of the lakehouse workflow and its activities.</summary>
    public const string Lakehouse = "stedi-lakehouse";
}
