using Temporalio.Api.Schedule.V1;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>The stored state of a schedule.</summary>
public sealed class ScheduleRecord
{
    public string Namespace { get; set; } = "";

    public string ScheduleId { get; set; } = "";

    public Schedule Schedule { get; set; } = new();

    public ScheduleInfo Info { get; set; } = new();

    public Memo? Memo { get; set; }

    public SearchAttributes? SearchAttributes { get; set; }

    public string CreateRequestId { get; set; } = "";

    /// <summary>Incremented with every change by a client; the source of the conflict token.</summary>
    public long Revision { get; set; }

    /// <summary>The last nominal time that has been handled: started, buffered, skipped or missed.</summary>
    public DateTimeOffset ProcessedUntil { get; set; }

    /// <summary>Actions that are due, oldest first. They may wait for a running workflow to close.</summary>
    public List<DueAction> Due { get; set; } = [];

    public Payloads? LastResult { get; set; }

    public Failure? LastFailure { get; set; }

    public string RecordKey => KeyOf(Namespace, ScheduleId);

    public static string KeyOf(string @namespace, string scheduleId) => $"{@namespace}\u001f{scheduleId}";
}

/// <summary>An action that is due.</summary>
/// <param name="Nominal">The time by the specification, before jitter. It is part of the workflow id.</param>
/// <param name="Overlap">The overlap policy of this action.</param>
/// <param name="IsManual">Whether it was triggered or backfilled, so that neither the pause nor the limit of actions applies.</param>
public sealed record DueAction(DateTimeOffset Nominal, ScheduleOverlapPolicy Overlap, bool IsManual);
