namespace Stedi.DevStack.Temporal.Executions;

/// <summary>Is told of every committed decision, under the lease, in commit order of the workflow id. Must be quick and must not throw.</summary>
public interface ICommitListener
{
    void OnCommitted(Transaction transaction);

    void OnDeleted(string runId)
    {
    }
}
