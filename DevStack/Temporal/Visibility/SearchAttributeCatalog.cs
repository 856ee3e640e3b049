using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Stedi.DevStack.Temporal.Visibility;

/// <summary>The search attributes there are: the system's, those registered, and those that were simply used.</summary>
public sealed class SearchAttributeCatalog
{
    /// <summary>Attributes every run has.</summary>
    public static readonly FrozenDictionary<string, IndexedValueType> System = new Dictionary<string, IndexedValueType>
    {
        ["WorkflowId"] = IndexedValueType.Keyword,
        ["RunId"] = IndexedValueType.Keyword,
        ["WorkflowType"] = IndexedValueType.Keyword,
        ["TaskQueue"] = IndexedValueType.Keyword,
        ["ExecutionStatus"] = IndexedValueType.Keyword,
        ["StartTime"] = IndexedValueType.Datetime,
        ["CloseTime"] = IndexedValueType.Datetime,
        ["ExecutionTime"] = IndexedValueType.Datetime,
        ["ExecutionDuration"] = IndexedValueType.Int,
        ["HistoryLength"] = IndexedValueType.Int,
        ["HistorySizeBytes"] = IndexedValueType.Int,
        ["StateTransitionCount"] = IndexedValueType.Int,
        ["ParentWorkflowId"] = IndexedValueType.Keyword,
        ["ParentRunId"] = IndexedValueType.Keyword,
        ["RootWorkflowId"] = IndexedValueType.Keyword,
        ["RootRunId"] = IndexedValueType.Keyword,
    }.ToFrozenDictionary();

    // Set by SDKs and the server on their own; queries may name them before any run has one.
    private static readonly FrozenDictionary<string, IndexedValueType> Predefined = new Dictionary<string, IndexedValueType>
    {
        ["TemporalChangeVersion"] = IndexedValueType.KeywordList,
        ["BuildIds"] = IndexedValueType.KeywordList,
        ["BatcherUser"] = IndexedValueType.Keyword,
        ["BinaryChecksums"] = IndexedValueType.KeywordList,
        ["TemporalScheduledById"] = IndexedValueType.Keyword,
        ["TemporalScheduledStartTime"] = IndexedValueType.Datetime,
        ["TemporalSchedulePaused"] = IndexedValueType.Bool,
        ["TemporalNamespaceDivision"] = IndexedValueType.Keyword,
        ["TemporalReportedProblems"] = IndexedValueType.KeywordList,
        ["TemporalPauseInfo"] = IndexedValueType.KeywordList,
        ["TemporalWorkerDeployment"] = IndexedValueType.Keyword,
        ["TemporalWorkerDeploymentVersion"] = IndexedValueType.Keyword,
        ["TemporalWorkflowVersioningBehavior"] = IndexedValueType.Keyword,
    }.ToFrozenDictionary();

    private readonly ConcurrentDictionary<string, IndexedValueType> custom = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, IndexedValueType> Custom => custom;

    public static IReadOnlyDictionary<string, IndexedValueType> SystemAndPredefined { get; } =
        System.Concat(Predefined).ToFrozenDictionary();

    public bool IsKnown(string name) => SystemAndPredefined.ContainsKey(name) || custom.ContainsKey(name);

    public void Register(string name, IndexedValueType type)
    {
        if (!SystemAndPredefined.ContainsKey(name))
        {
            custom.TryAdd(name, type);
        }
    }

    public bool Remove(string name) => custom.TryRemove(name, out _);
}
