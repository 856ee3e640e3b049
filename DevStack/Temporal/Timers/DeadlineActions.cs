using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;

namespace Stedi.DevStack.Temporal.Timers;

/// <summary>What happens when a deadline passes.</summary>
public static class DeadlineActions
{
    /// <summary>Lets everything happen that is due by now, soonest first; what an earlier one settles does not happen.</summary>
    public static void FireDue(Transaction tx)
    {
        while (Deadlines.Next(tx.State) is { } next && next.Due <= tx.Now)
        {
            Fire(tx, next);
        }
    }

    private static void Fire(Transaction tx, Deadline deadline)
    {
        switch (deadline.Kind)
        {
            case DeadlineKind.RunTimeout:
                RunCloser.TimeOut(tx);
                break;
            case DeadlineKind.FirstWorkflowTask:
                tx.State.FirstTaskDue = null;
                tx.Touch();
                tx.RequestWorkflowTask();
                break;
            case DeadlineKind.WorkflowTaskTimeout:
                WorkflowTaskMachine.TimeOut.Fire(tx.State.WorkflowTask, tx, default);
                break;
            case DeadlineKind.StickyTimeout:
                WorkflowTaskMachine.LoseStickyWorker.Fire(tx.State.WorkflowTask, tx, default);
                break;
            case DeadlineKind.ActivityTimeout:
                ActivityOutcomes.TimeOut(tx.State.Activities[deadline.EventId], tx, deadline.Timeout);
                break;
            case DeadlineKind.ActivityRetry:
                ActivityMachine.Enqueue.Fire(tx.State.Activities[deadline.EventId], tx, default);
                break;
            case DeadlineKind.UserTimer:
                TimerMachine.Fire.Fire(tx.State.Timers[deadline.TimerId], tx, default);
                break;
        }
    }
}
