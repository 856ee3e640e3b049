using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Temporalio.Api.Workflow.V1;

namespace Stedi.DevStack.Temporal.Visibility;

/// <summary>An index of all runs, newest first, updated with every commit.</summary>
public sealed class VisibilityIndex(SearchAttributeCatalog attributes) : ICommitListener
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<VisibilityCursor, VisibilityRow> _rows = new(VisibilityCursor.NewestFirst);
    private readonly Dictionary<string, VisibilityCursor> _byRun = [];

    public void OnCommitted(Transaction transaction) => Put(transaction.State);

    public void OnDeleted(string runId)
    {
        lock (_gate)
        {
            if (_byRun.Remove(runId, out var cursor))
            {
                _rows.Remove(cursor);
            }
        }
    }

    public void Put(ExecutionState state) => Put(new VisibilityRow(state.Namespace, ExecutionInfo.Of(state)));

    public void Put(VisibilityRow row)
    {
        foreach (var (name, payload) in row.Info.SearchAttributes.IndexedFields)
        {
            attributes.AddIfUnknown(name, SearchAttributePayload.TypeOf(payload));
        }

        var cursor = VisibilityCursor.Of(row);
        lock (_gate)
        {
            _rows[cursor] = row;
            _byRun[cursor.RunId] = cursor;
        }
    }

    /// <summary>The matching rows of a namespace after a cursor, up to a limit.</summary>
    public IReadOnlyList<VisibilityRow> Find(string @namespace, Func<VisibilityRow, bool> matches, VisibilityCursor? after, int limit)
    {
        lock (_gate)
        {
            return [.. _rows
                .Where(r => after is null || VisibilityCursor.NewestFirst.Compare(r.Key, after.Value) > 0)
                .Select(r => r.Value)
                .Where(r => r.Namespace == @namespace && matches(r))
                .Take(limit)];
        }
    }
}

/// <summary>A run's position in the order of lists.</summary>
public readonly record struct VisibilityCursor(long StartTicks, string RunId)
{
    public static readonly IComparer<VisibilityCursor> NewestFirst = Comparer<VisibilityCursor>.Create(static (left, right) =>
        right.StartTicks.CompareTo(left.StartTicks) is var order && order != 0 ? order : string.CompareOrdinal(left.RunId, right.RunId));

    public static VisibilityCursor Of(VisibilityRow row) => new(row.Info.StartTime.ToDateTimeOffset().UtcTicks, row.Info.Execution.RunId);
}

/// <summary>A run with its attributes for queries.</summary>
public sealed record VisibilityRow(string Namespace, WorkflowExecutionInfo Info)
{
    /// <summary>The value of an attribute: string, bool, double, time or list of strings; <c>null</c> if the run does not have it.</summary>
    public object? this[string attribute] => attribute switch
    {
        "WorkflowId" => Info.Execution.WorkflowId,
        "RunId" => Info.Execution.RunId,
        "WorkflowType" => Info.Type.Name,
        "TaskQueue" => Info.TaskQueue,
        "ExecutionStatus" => Info.Status.ToString(),
        "StartTime" => Info.StartTime.ToDateTimeOffset(),
        "CloseTime" => Info.CloseTime?.ToDateTimeOffset(),
        "ExecutionTime" => Info.ExecutionTime.ToDateTimeOffset(),
        "ExecutionDuration" => Info.ExecutionDuration is { } duration ? duration.ToTimeSpan().TotalNanoseconds : null,
        "HistoryLength" => (double)Info.HistoryLength,
        "HistorySizeBytes" => (double)Info.HistorySizeBytes,
        "StateTransitionCount" => (double)Info.StateTransitionCount,
        "ParentWorkflowId" => Info.ParentExecution?.WorkflowId,
        "ParentRunId" => Info.ParentExecution?.RunId,
        "RootWorkflowId" => Info.RootExecution?.WorkflowId,
        "RootRunId" => Info.RootExecution?.RunId,
        _ => Info.SearchAttributes.IndexedFields.TryGetValue(attribute, out var payload) ? SearchAttributePayload.Read(payload) : null,
    };
}
