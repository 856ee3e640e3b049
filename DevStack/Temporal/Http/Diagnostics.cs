using System.Text.Json;
using Stedi.DevStack.Temporal.Engine.Timers;
using Stedi.DevStack.Temporal.TimeSkipping;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>Diagnostics of time: the server's clock, the next deadline, and why time is not skipped.</summary>
public sealed class Diagnostics(VirtualClock clock, TimerQueue timers, TimeSkipper skipper, UiOptions options)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Json() => JsonSerializer.Serialize(
        new
        {
            Time = clock.GetUtcNow(),
            AheadOfSystemClock = $"{clock.Offset}",
            NextDeadline = timers.NextDue,
            TimeSkipping = options.TimeSkipping,
            TimeHeldBy = options.TimeSkipping ? skipper.BlockingReason() : null,
        },
        Indented);
}
