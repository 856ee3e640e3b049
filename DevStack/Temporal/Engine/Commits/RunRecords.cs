using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Storage;
using Temporalio.Api.Workflow.V1;

namespace Stedi.DevStack.Temporal.Engine.Commits;

/// <summary>
/// Reads and writes the store's records of runs. A run is settled once it is closed and its outbox is empty. Of settled runs the
/// server reads only the visibility rows at its start, so that starting stays fast with many runs.
/// </summary>
public static class RunRecords
{
    /// <summary>Writes a run's state as a record of the right kind, and removes the record of the other kind.</summary>
    public static void Write(StoreBatch batch, Execution execution)
    {
        var state = execution.State;
        var isSettled = !state.IsRunning && state.Outbox.Count == 0;
        batch.Put(isSettled ? RecordKind.SettledExecution : RecordKind.Execution, state.RunId, StateSerializer.Serialize(state));
        if (isSettled)
        {
            batch.Put(RecordKind.SettledRow, state.RunId, StateSerializer.Serialize(SettledRow.Of(state)));
        }

        if (isSettled != execution.IsKeptAsSettled)
        {
            DeleteKind(batch, state.RunId, !isSettled);
            execution.IsKeptAsSettled = isSettled;
        }
    }

    /// <summary>Removes a run and its history.</summary>
    public static void Delete(StoreBatch batch, string runId)
    {
        DeleteKind(batch, runId, isSettled: false);
        DeleteKind(batch, runId, isSettled: true);
        batch.DeleteHistory(runId);
    }

    /// <summary>A run with its history, or <c>null</c>.</summary>
    public static Execution? Read(IStateStore store, string runId)
    {
        var unsettled = store.Read(RecordKind.Execution, runId);
        return (unsettled ?? store.Read(RecordKind.SettledExecution, runId)) is { } bytes
            ? new Execution(StateSerializer.Deserialize<ExecutionState>(bytes), new HistoryLog(store.ReadHistory(runId))) { IsKeptAsSettled = unsettled is null }
            : null;
    }

    /// <summary>The states of runs that are not settled. Files of format 1 have all their runs here.</summary>
    /// <exception cref="TemporalServerException">A state cannot be read.</exception>
    public static IEnumerable<ExecutionState> Unsettled(IStateStore store) => ReadAll<ExecutionState>(store, RecordKind.Execution);

    /// <summary>The visibility rows of settled runs.</summary>
    /// <exception cref="TemporalServerException">A row cannot be read.</exception>
    public static IEnumerable<(string Namespace, WorkflowExecutionInfo Info)> Settled(IStateStore store) =>
        ReadAll<SettledRow>(store, RecordKind.SettledRow).Select(row => (row.Namespace, row.Info));

    private static void DeleteKind(StoreBatch batch, string runId, bool isSettled)
    {
        if (isSettled)
        {
            batch.Delete(RecordKind.SettledExecution, runId);
            batch.Delete(RecordKind.SettledRow, runId);
        }
        else
        {
            batch.Delete(RecordKind.Execution, runId);
        }
    }

    private static IEnumerable<T> ReadAll<T>(IStateStore store, RecordKind kind)
    {
        foreach (var (runId, bytes) in store.ReadAll(kind))
        {
            T record;
            try
            {
                record = StateSerializer.Deserialize<T>(bytes);
            }
            catch (Exception e) when (e is System.Text.Json.JsonException or InvalidProtocolBufferException or FormatException)
            {
                throw new TemporalServerException($"The stored state of run {runId} cannot be read: {e.Message}", e);
            }

            yield return record;
        }
    }

    private sealed class SettledRow
    {
        public string Namespace { get; set; } = "";

        public WorkflowExecutionInfo Info { get; set; } = new();

        public static SettledRow Of(ExecutionState state) => new() { Namespace = state.Namespace, Info = ExecutionInfo.Of(state) };
    }
}
