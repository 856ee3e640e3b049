using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;

namespace Stedi.DevStack.Temporal.Operations.Activities;

internal static class Heartbeats
{
    public static void Record(ActivityState activity, Transaction tx, Payloads? details)
    {
        tx.Touch();
        activity.LastHeartbeatTime = tx.Now;
        activity.HeartbeatDetails = details ?? activity.HeartbeatDetails;
    }
}
