namespace Stedi.DevStack.Temporal.Common;

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

    /// <summary>The soonest that a workflow's timer fires after its start, however short it is (history.timerProcessorMaxTimeShift).</summary>
    public TimeSpan ShortestTimer { get; init; }

    /// <summary>How long a sticky queue counts as served after its last poll.</summary>
    public TimeSpan StickyPollerLifetime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The settings with those that the configuration names, by the official server's keys.</summary>
    /// <exception cref="TemporalServerException">A value of a key this server has cannot be read.</exception>
    public static ServerSettings From(IReadOnlyDictionary<string, string> config)
    {
        var defaults = new ServerSettings();
        return defaults with
        {
            SuggestContinueAsNewCount = Number("limit.historyCount.suggestContinueAsNew", defaults.SuggestContinueAsNewCount),
            SuggestContinueAsNewBytes = Number("limit.historySize.suggestContinueAsNew", defaults.SuggestContinueAsNewBytes),
            BlobSizeLimit = (int)Number("limit.blobSize.error", defaults.BlobSizeLimit),
            MemoSizeLimit = (int)Number("limit.memoSize.error", defaults.MemoSizeLimit),
            ShortestTimer = Duration("history.timerProcessorMaxTimeShift", defaults.ShortestTimer),
        };

        long Number(string key, long otherwise) =>
            !config.TryGetValue(key, out var text) ? otherwise
            : long.TryParse(text, out var number) ? number
            : throw new TemporalServerException($"The dynamic config value {key}={text} is no number.");

        TimeSpan Duration(string key, TimeSpan otherwise)
        {
            try
            {
                return config.TryGetValue(key, out var text) ? GoDuration.Parse(text) : otherwise;
            }
            catch (FormatException e)
            {
                throw new TemporalServerException($"The dynamic config value of {key}: {e.Message}", e);
            }
        }
    }

    /// <summary>Why a run with a history of this many events and bytes should continue as new, if it should.</summary>
    public IEnumerable<SuggestContinueAsNewReason> ReasonsToContinueAsNew(long eventCount, long sizeBytes)
    {
        if (sizeBytes >= SuggestContinueAsNewBytes)
        {
            yield return SuggestContinueAsNewReason.HistorySizeTooLarge;
        }

        if (eventCount >= SuggestContinueAsNewCount)
        {
            yield return SuggestContinueAsNewReason.TooManyHistoryEvents;
        }
    }
}
