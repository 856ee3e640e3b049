namespace Stedi.Temporal.Workflows;

/// <summary>The names of task queues.</summary>
public static class TaskQueues
{
    /// <summary>The queue of the local stack.</summary>
    public const string Local = "stedi-lakehouse";

    /// <summary>The queue of a lake on a server that other lakes may use too.</summary>
    /// <param name="bucket">The lake's bucket.</param>
    public static string OfBucket(string bucket) => $"stedi-{bucket}";
}
