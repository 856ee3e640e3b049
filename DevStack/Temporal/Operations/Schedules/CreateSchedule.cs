using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Schedules;
using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Operations.Schedules;

/// <summary>Creates a schedule.</summary>
public sealed class CreateSchedule(
    NamespaceDirectory namespaces, ScheduleBook book, ScheduleRunner runner, AttributeCheck attributes, TimeProvider clock)
    : IOperation<CreateScheduleRequest, CreateScheduleResponse>
{
    public async Task<CreateScheduleResponse> ExecuteAsync(CreateScheduleRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        attributes.Require(request.Namespace, request.SearchAttributes);
        attributes.Require(request.Namespace, request.Schedule?.Action?.StartWorkflow?.SearchAttributes);
        if (request.ScheduleId.Length == 0)
        {
            throw Failures.InvalidArgument("ScheduleId is not set on request.");
        }

        var now = clock.GetUtcNow();
        var record = new ScheduleRecord
        {
            Namespace = request.Namespace,
            ScheduleId = request.ScheduleId,
            Schedule = ScheduleChanges.Checked(request.Schedule),
            Info = new() { CreateTime = now.ToTimestamp() },
            Memo = request.Memo,
            SearchAttributes = request.SearchAttributes,
            CreateRequestId = request.RequestId,
            Revision = 1,
            ProcessedUntil = now,
        };
        ScheduleChanges.Patch(record, request.InitialPatch, now);
        await book.CreateAsync(record);
        if (request.InitialPatch is not null)
        {
            // The caller may look at once for what the patch began.
            await book.DecideAsync(request.Namespace, request.ScheduleId, async created =>
            {
                await runner.AdvanceAsync(created);
                return true;
            });
        }

        return new() { ConflictToken = ScheduleChanges.TokenOf(record) };
    }
}
