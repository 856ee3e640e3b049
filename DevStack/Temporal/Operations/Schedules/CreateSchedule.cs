using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Schedules;

namespace Stedi.DevStack.Temporal.Operations.Schedules;

/// <summary>Creates a schedule.</summary>
public sealed class CreateSchedule(NamespaceDirectory namespaces, ScheduleBook book, TimeProvider clock)
    : IOperation<CreateScheduleRequest, CreateScheduleResponse>
{
    public async Task<CreateScheduleResponse> ExecuteAsync(CreateScheduleRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
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
        return new() { ConflictToken = ScheduleChanges.TokenOf(record) };
    }
}
