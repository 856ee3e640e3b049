using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Stedi.DevStack.Temporal.Storage;

namespace Stedi.DevStack.Temporal.Visibility;

/// <summary>The known search attributes: the system's, and the registered ones, which are stored.</summary>
public sealed class SearchAttributeCatalog(IStateStore store)
{
    /// <summary>Attributes that every run has.</summary>
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

    // Set by SDKs and by the server; queries may name them before any run has them.
    private static readonly FrozenDictionary<string, IndexedValueType> Predefined = new Dictionary<string, IndexedValueType>
    {
        ["TemporalChangeVersion"] = IndexedValueType.KeywordList,
        ["BuildIds"] = IndexedValueType.KeywordList,
        ["BatcherUser"] = IndexedValueType.Keyword,
        ["BinaryChecksums"] = IndexedValueType.KeywordList,
        ["TemporalScheduledById"] = IndexedValueType.Keyword,
        ["TemporalScheduledStartTime"] = IndexedValueType.Datetime,
        ["ScheduleId"] = IndexedValueType.Keyword,
        ["TemporalSchedulePaused"] = IndexedValueType.Bool,
        ["TemporalNamespaceDivision"] = IndexedValueType.Keyword,
        ["TemporalReportedProblems"] = IndexedValueType.KeywordList,
        ["TemporalPauseInfo"] = IndexedValueType.KeywordList,
        ["TemporalWorkerDeployment"] = IndexedValueType.Keyword,
        ["TemporalWorkerDeploymentVersion"] = IndexedValueType.Keyword,
        ["TemporalWorkflowVersioningBehavior"] = IndexedValueType.Keyword,
    }.ToFrozenDictionary();

    private readonly ConcurrentDictionary<string, IndexedValueType> _custom = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, IndexedValueType> Custom => _custom;

    public static IReadOnlyDictionary<string, IndexedValueType> SystemAndPredefined { get; } =
        System.Concat(Predefined).ToFrozenDictionary();

    public bool IsKnown(string name) => TypeOf(name) is not null;

    /// <summary>The type of an attribute, or <c>null</c> if it is unknown.</summary>
    public IndexedValueType? TypeOf(string name) =>
        SystemAndPredefined.TryGetValue(name, out var type) || _custom.TryGetValue(name, out type) ? type : null;

    /// <summary>Loads the stored attributes. Call once, before the server accepts requests.</summary>
    public void Load()
    {
        foreach (var (name, type) in store.ReadAll(RecordKind.SearchAttribute))
        {
            _custom[name] = Enum.Parse<IndexedValueType>(Encoding.UTF8.GetString(type));
        }
    }

    /// <summary>Registers attributes; those already known keep their types.</summary>
    public async Task RegisterAsync(IEnumerable<KeyValuePair<string, IndexedValueType>> attributes)
    {
        var added = attributes.Where(a => !IsKnown(a.Key)).ToArray();
        if (added.Length == 0)
        {
            return;
        }

        var batch = new StoreBatch();
        foreach (var (name, type) in added)
        {
            batch.Put(RecordKind.SearchAttribute, name, Encoding.UTF8.GetBytes($"{type}"));
        }

        await store.CommitAsync(batch);
        foreach (var (name, type) in added)
        {
            _custom.TryAdd(name, type);
        }
    }

    /// <summary>Adds an attribute of a stored run, unless it is known.</summary>
    public void AddIfUnknown(string name, IndexedValueType type)
    {
        if (!SystemAndPredefined.ContainsKey(name))
        {
            _custom.TryAdd(name, type);
        }
    }

    public async Task<bool> RemoveAsync(string name)
    {
        if (!_custom.ContainsKey(name))
        {
            return false;
        }

        var batch = new StoreBatch();
        batch.Delete(RecordKind.SearchAttribute, name);
        await store.CommitAsync(batch);
        return _custom.TryRemove(name, out _);
    }
}
