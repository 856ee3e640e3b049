using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Creates a schedule.</summary>
public sealed class CreateSchedule(
    NamespaceDirectory namespaces, ScheduleDirectory schedules, ScheduleRunner runner, SearchAttributeValidator attributes, TimeProvider clock)
    : IOperation<CreateScheduleRequest, CreateScheduleResponse>
{
    public async Task<CreateScheduleResponse> ExecuteAsync(CreateScheduleRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        attributes.ThrowIfInvalid(request.Namespace, request.SearchAttributes);
        attributes.ThrowIfInvalid(request.Namespace, request.Schedule?.Action?.StartWorkflow?.SearchAttributes);
        if (request.ScheduleId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("ScheduleId is not set on request.");
        }

        var now = clock.GetUtcNow();
        var record = new ScheduleRecord
        {
            Namespace = request.Namespace,
            ScheduleId = request.ScheduleId,
            Schedule = ScheduleChanges.Validated(request.Schedule),
            Info = new() { CreateTime = now.ToTimestamp() },
            Memo = request.Memo,
            SearchAttributes = request.SearchAttributes,
            CreateRequestId = request.RequestId,
            Revision = 1,
            ProcessedUntil = now,
        };
        ScheduleChanges.Patch(record, request.InitialPatch, now);
        await schedules.CreateAsync(record);
        if (request.InitialPatch is not null)
        {
            // Apply the patch before answering, so that the caller sees its effects.
            await schedules.DecideAsync(request.Namespace, request.ScheduleId, async created =>
            {
                await runner.AdvanceAsync(created);
                return true;
            });
        }

        return new() { ConflictToken = ScheduleChanges.ConflictTokenOf(record) };
    }
}

/// <summary>Deletes a schedule; the workflows it started keep running.</summary>
public sealed class DeleteSchedule(NamespaceDirectory namespaces, ScheduleDirectory schedules) : IOperation<DeleteScheduleRequest, DeleteScheduleResponse>
{
    public async Task<DeleteScheduleResponse> ExecuteAsync(DeleteScheduleRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await schedules.DeleteAsync(request.Namespace, request.ScheduleId);
        return new();
    }
}
