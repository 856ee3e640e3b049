using Stedi.DevStack.Temporal.Executions.History;

namespace Stedi.DevStack.Temporal.Executions;

/// <summary>The limits of the server, by the names of the official server's dynamic configuration where it has one.</summary>
public sealed record ServerSettings
{
    /// <summary>Events after which a workflow is told to continue as new (limit.historyCount.suggestContinueAsNew).</summary>
    public long SuggestContinueAsNewCount { get; init; } = 4096;

    /// <summary>Bytes of history after which a workflow is told to continue as new (limit.historySize.suggestContinueAsNew).</summary>
    public long SuggestContinueAsNewBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The largest payload, in bytes (limit.blobSize.error).</summary>
    public int BlobSizeLimit { get; init; } = 2 * 1024 * 1024;

    /// <summary>The largest memo, in bytes (limit.memoSize.error).</summary>
    public int MemoSizeLimit { get; init; } = 2 * 1024 * 1024;

    /// <summary>How long a sticky queue counts as served after its last poll.</summary>
    public TimeSpan StickyPollerLifetime { get; init; } = TimeSpan.FromSeconds(10);

    public bool SuggestsContinueAsNew(HistoryLog history) =>
        history.Count >= SuggestContinueAsNewCount || history.SizeBytes >= SuggestContinueAsNewBytes;
}
