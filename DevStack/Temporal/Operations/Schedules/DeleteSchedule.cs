using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Schedules;

namespace Stedi.DevStack.Temporal.Operations.Schedules;

/// <summary>Forgets a schedule; the workflows it started go on.</summary>
public sealed class DeleteSchedule(NamespaceDirectory namespaces, ScheduleBook book) : IOperation<DeleteScheduleRequest, DeleteScheduleResponse>
{
    public async Task<DeleteScheduleResponse> ExecuteAsync(DeleteScheduleRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await book.DeleteAsync(request.Namespace, request.ScheduleId);
        return new();
    }
}
