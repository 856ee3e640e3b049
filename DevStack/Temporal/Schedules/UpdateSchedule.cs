using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Replaces a schedule's definition; actions that are already due stay due.</summary>
public sealed class UpdateSchedule(
    NamespaceDirectory namespaces, ScheduleDirectory schedules, ScheduleRunner runner, SearchAttributeValidator attributes, TimeProvider clock)
    : IOperation<UpdateScheduleRequest, UpdateScheduleResponse>
{
    public Task<UpdateScheduleResponse> ExecuteAsync(UpdateScheduleRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        attributes.ThrowIfInvalid(request.Namespace, request.SearchAttributes);
        attributes.ThrowIfInvalid(request.Namespace, request.Schedule?.Action?.StartWorkflow?.SearchAttributes);
        var updated = ScheduleChanges.Validated(request.Schedule);
        return schedules.DecideAsync(request.Namespace, request.ScheduleId, async record =>
        {
            if (!request.ConflictToken.IsEmpty && request.ConflictToken != ScheduleChanges.ConflictTokenOf(record))
            {
                throw RpcErrors.FailedPrecondition("mismatched conflict token: the schedule has been changed since it was described");
            }

            // Handle first the times that were due by the old definition.
            await runner.AdvanceAsync(record);
            record.Schedule = updated;
            record.SearchAttributes = request.SearchAttributes ?? record.SearchAttributes;
            record.Memo = request.Memo ?? record.Memo;
            record.Info.UpdateTime = clock.GetUtcNow().ToTimestamp();
            record.ProcessedUntil = clock.GetUtcNow();
            record.Revision++;
            return new UpdateScheduleResponse();
        });
    }
}

/// <summary>Triggers, backfills, pauses or unpauses a schedule.</summary>
public sealed class PatchSchedule(NamespaceDirectory namespaces, ScheduleDirectory schedules, ScheduleRunner runner, TimeProvider clock)
    : IOperation<PatchScheduleRequest, PatchScheduleResponse>
{
    public Task<PatchScheduleResponse> ExecuteAsync(PatchScheduleRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return schedules.DecideAsync(request.Namespace, request.ScheduleId, async record =>
        {
            // Handle first the times before the patch by the state of then, so that times of a pause are not caught up after it.
            await runner.AdvanceAsync(record);
            ScheduleChanges.Patch(record, request.Patch, clock.GetUtcNow());
            record.Info.UpdateTime = clock.GetUtcNow().ToTimestamp();
            record.Revision++;
            await runner.AdvanceAsync(record);
            return new PatchScheduleResponse();
        });
    }
}
