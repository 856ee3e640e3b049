using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Engine.Timers;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>The transitions of runs and the projection of their histories, without a server.</summary>
public sealed class TransitionTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Projection_OfHistory_EqualsStateThatWroteIt()
    {
        var tx = Begin();
        CompleteTask(tx, () =>
        {
            Schedule(tx, "a");
            Schedule(tx, "b");
            StartTimer(tx, "t1");
            StartTimer(tx, "t2");
        });
        var first = tx.State.Activities.Values.First();
        ActivityMachine.Start.Fire(first, tx, new("worker", "request"));
        ActivityOutcomes.Complete(first, tx, null, "worker");
        TimerMachine.Fire.Fire(tx.State.Timers["t1"], tx, default);
        tx.Finish();

        var rebuilt = new ExecutionState();
        foreach (var e in tx.History.From(1))
        {
            HistoryProjection.Apply(rebuilt, e);
        }

        rebuilt.Activities.Keys.ShouldBe(tx.State.Activities.Keys);
        rebuilt.Timers.Keys.ShouldBe(tx.State.Timers.Keys);
        rebuilt.PreviousStartedEventId.ShouldBe(tx.State.PreviousStartedEventId);
        rebuilt.HistorySizeBytes.ShouldBe(tx.State.HistorySizeBytes);
        rebuilt.Status.ShouldBe(tx.State.Status);
    }

    [Fact]
    public void Signal_DuringWorkflowTask_IsWrittenAfterTaskCompletes()
    {
        var tx = Begin();
        CompleteTask(tx, () => Schedule(tx, "a"));
        var activity = tx.State.Activities.Values.Single();
        ActivityMachine.Start.Fire(activity, tx, new("worker", "request"));
        RunRequests.Signal(tx, new() { SignalName = "first" }, "1", []);
        tx.Finish();
        WorkflowTaskMachine.Start.Fire(tx.State.WorkflowTask, tx, new("worker", "request"));

        ActivityOutcomes.Complete(activity, tx, null, "worker");
        RunRequests.Signal(tx, new() { SignalName = "second" }, "2", []);
        RunRequests.Signal(tx, new() { SignalName = "second" }, "2", []);
        tx.History.Last.EventType.ShouldBe(EventType.WorkflowTaskStarted);
        Deadlines.Of(tx.State).ShouldNotContain(d => d.Kind == DeadlineKind.ActivityTimeout);
        CompleteTask(tx, () => { });

        tx.History.From(1).Select(e => e.EventType).TakeLast(4).ShouldBe(
        [
            EventType.WorkflowTaskCompleted,
            EventType.ActivityTaskStarted,
            EventType.ActivityTaskCompleted,
            EventType.WorkflowExecutionSignaled,
        ]);
        var completed = tx.History[tx.History.Count - 1].ActivityTaskCompletedEventAttributes;
        completed.StartedEventId.ShouldBe(tx.History.Count - 2);
    }

    [Fact]
    public void WorkflowTask_FailingAgain_WritesNoEvent()
    {
        var tx = Begin();
        var failure = new WorkflowTaskFailureCause(WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure, null, "worker");
        WorkflowTaskMachine.Fail.Fire(tx.State.WorkflowTask, tx, failure);
        tx.Finish();
        var length = tx.History.Count;

        WorkflowTaskMachine.Start.Fire(tx.State.WorkflowTask, tx, new("worker", "request"));
        WorkflowTaskMachine.Fail.Fire(tx.State.WorkflowTask, tx, failure);
        tx.Finish();

        tx.History.Count.ShouldBe(length);
        tx.State.WorkflowTask.Attempt.ShouldBe(3);
        WorkflowTaskMachine.Start.Fire(tx.State.WorkflowTask, tx, new("worker", "request"));
        WorkflowTaskEvents.Transient(tx.Execution).Select(e => e.EventId).ShouldBe([length + 1, length + 2]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(8, 100)]
    public void Backoff_OfLaterAttempts_DoublesUpToMaximum(int attempt, double seconds) =>
        RetrySchedule.DelayAfter(RetrySchedule.Complete(null), attempt).ShouldBe(TimeSpan.FromSeconds(seconds));

    private static Transaction Begin()
    {
        var work = new UnitOfWork(new("default", "wf"), Start, new NoRuns(), new(), _ => false);
        var tx = RunStarter.Start(work, new(new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = new() { Name = "Any" },
            TaskQueue = new() { Name = "queue" },
        }));
        tx.Finish();
        WorkflowTaskMachine.Start.Fire(tx.State.WorkflowTask, tx, new("worker", "request"));
        return tx;
    }

    private static void CompleteTask(Transaction tx, Action commands)
    {
        WorkflowTaskMachine.Complete.Fire(tx.State.WorkflowTask, tx, new(new()));
        tx.ApplyCommands(commands);
    }

    private static void Schedule(Transaction tx, string id) => tx.Append(new()
    {
        ActivityTaskScheduledEventAttributes = new()
        {
            ActivityId = id,
            ActivityType = new() { Name = "Act" },
            TaskQueue = new() { Name = "queue" },
            StartToCloseTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
        },
    });

    private static void StartTimer(Transaction tx, string id) => tx.Append(new()
    {
        TimerStartedEventAttributes = new() { TimerId = id, StartToFireTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromHours(1)) },
    });

    private sealed class NoRuns : IRunSource
    {
        public string? CurrentRunId(WorkflowKey key) => null;

        public Execution? Load(string runId) => null;
    }
}
