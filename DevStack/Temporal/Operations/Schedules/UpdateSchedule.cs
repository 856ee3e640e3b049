using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Schedules;
using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Operations.Schedules;

/// <summary>Replaces a schedule's definition; what is already due stays due.</summary>
public sealed class UpdateSchedule(
    NamespaceDirectory namespaces, ScheduleBook book, ScheduleRunner runner, AttributeCheck attributes, TimeProvider clock)
    : IOperation<UpdateScheduleRequest, UpdateScheduleResponse>
{
    public Task<UpdateScheduleResponse> ExecuteAsync(UpdateScheduleRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        attributes.Require(request.Namespace, request.SearchAttributes);
        attributes.Require(request.Namespace, request.Schedule?.Action?.StartWorkflow?.SearchAttributes);
        var updated = ScheduleChanges.Checked(request.Schedule);
        return book.DecideAsync(request.Namespace, request.ScheduleId, async record =>
        {
            if (!request.ConflictToken.IsEmpty && request.ConflictToken != ScheduleChanges.TokenOf(record))
            {
                throw Failures.FailedPrecondition("mismatched conflict token: the schedule was changed by somebody else");
            }

            // What fell due under the old definition was due.
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
