namespace Stedi.DevStack.Temporal.Common;

/// <summary>The server's limits. Those with a key in parentheses are set by the official server's dynamic configuration.</summary>
public sealed record ServerSettings
{
    /// <summary>The number of events from which on continue-as-new is suggested (limit.historyCount.suggestContinueAsNew).</summary>
    public long SuggestContinueAsNewCount { get; init; } = 4096;

    /// <summary>The history size in bytes from which on continue-as-new is suggested (limit.historySize.suggestContinueAsNew).</summary>
    public long SuggestContinueAsNewBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The maximum payload size in bytes (limit.blobSize.error).</summary>
    public int BlobSizeLimit { get; init; } = 2 * 1024 * 1024;

    /// <summary>The maximum memo size in bytes (limit.memoSize.error).</summary>
    public int MemoSizeLimit { get; init; } = 2 * 1024 * 1024;

    /// <summary>The minimum duration of user timers; shorter ones fire after this time (history.timerProcessorMaxTimeShift).</summary>
    public TimeSpan ShortestTimer { get; init; }

    /// <summary>How long a sticky queue counts as polled after its last poll.</summary>
    public TimeSpan StickyPollerLifetime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The settings with the values of a dynamic configuration applied; unknown keys are ignored.</summary>
    /// <exception cref="TemporalServerException">The value of a known key is invalid.</exception>
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
            : throw new TemporalServerException($"The dynamic config value {key}={text} is not a number.");

        TimeSpan Duration(string key, TimeSpan otherwise)
        {
            try
            {
                return config.TryGetValue(key, out var text) ? GoDuration.Parse(text) : otherwise;
            }
            catch (FormatException e)
            {
                throw new TemporalServerException($"The dynamic config value of {key} is invalid: {e.Message}", e);
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
