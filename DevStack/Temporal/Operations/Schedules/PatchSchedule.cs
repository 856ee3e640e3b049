using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Schedules;

namespace Stedi.DevStack.Temporal.Operations.Schedules;

/// <summary>Triggers, backfills, pauses or unpauses a schedule.</summary>
public sealed class PatchSchedule(NamespaceDirectory namespaces, ScheduleBook book, ScheduleRunner runner, TimeProvider clock)
    : IOperation<PatchScheduleRequest, PatchScheduleResponse>
{
    public Task<PatchScheduleResponse> ExecuteAsync(PatchScheduleRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return book.DecideAsync(request.Namespace, request.ScheduleId, async record =>
        {
            // What fell due before the patch is decided as the schedule was then: times of a pause are not made up for after it.
            await runner.AdvanceAsync(record);
            ScheduleChanges.Patch(record, request.Patch, clock.GetUtcNow());
            record.Info.UpdateTime = clock.GetUtcNow().ToTimestamp();
            record.Revision++;
            await runner.AdvanceAsync(record);
            return new PatchScheduleResponse();
        });
    }
}
