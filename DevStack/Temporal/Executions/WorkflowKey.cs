namespace Stedi.DevStack.Temporal.Executions;

/// <summary>What is leased: a workflow id of a namespace, whichever run is current.</summary>
public readonly record struct WorkflowKey(string Namespace, string WorkflowId)
{
    /// <summary>The key of the record that names the current run.</summary>
    public string RecordKey => $"{Namespace}\u001f{WorkflowId}";
}
