using Temporalio.Activities;

namespace Stedi.Testing;

/// <summary>Holds an activity until it is cancelled.</summary>
public static class ActivityHold
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <exception cref="OperationCanceledException">The activity was cancelled.</exception>
    public static async Task UntilCancelledAsync()
    {
        var context = ActivityExecutionContext.Current;
        // The answer to a heartbeat is what tells an activity that it is cancelled.
        while (!context.CancellationToken.IsCancellationRequested)
        {
            context.Heartbeat();
            await Task.Delay(Pause);
        }

        throw new OperationCanceledException(context.CancellationToken);
    }
}
