using Temporalio.Api.Schedule.V1;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>A schedule and how far it has come; what is stored.</summary>
public sealed class ScheduleRecord
{
    public string Namespace { get; set; } = "";

    public string ScheduleId { get; set; } = "";

    public Schedule Schedule { get; set; } = new();

    public ScheduleInfo Info { get; set; } = new();

    public Memo? Memo { get; set; }

    public SearchAttributes? SearchAttributes { get; set; }

    public string CreateRequestId { get; set; } = "";

    /// <summary>Grows with every change a client makes.</summary>
    public long Revision { get; set; }

    /// <summary>Every time up to this one has been acted on or passed over.</summary>
    public DateTimeOffset ProcessedUntil { get; set; }

    /// <summary>Actions that are due, oldest first; some wait for a running one to end.</summary>
    public List<DueAction> Due { get; set; } = [];

    public Payloads? LastResult { get; set; }

    public Failure? LastFailure { get; set; }

    public string RecordKey => KeyOf(Namespace, ScheduleId);

    public static string KeyOf(string @namespace, string scheduleId) => $"{@namespace}\u001f{scheduleId}";
}

/// <summary>An action that is to be taken.</summary>
/// <param name="Nominal">The time of the specification, before jitter: it names the workflow.</param>
/// <param name="Overlap">What to do about one that is still running.</param>
/// <param name="IsManual">Triggered or backfilled: neither pause nor the limit of actions applies.</param>
public sealed record DueAction(DateTimeOffset Nominal, ScheduleOverlapPolicy Overlap, bool IsManual);
