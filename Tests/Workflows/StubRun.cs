using System.Collections.Concurrent;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows.Tests;

/// <summary>What one test's run makes of its stubbed activities, and what it called.</summary>
internal sealed class StubRun
{
    private readonly ConcurrentQueue<(string Step, object Input)> _calls = new();
    private readonly ConcurrentQueue<RecordLineageInput> _batches = new();

    public string WorkflowId { get; } = $"stub-{Guid.NewGuid()}";

    /// <summary>Called before a step does anything; the number counts the step's attempts from 1.</summary>
    public Func<string, int, Task> OnStep { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>The lake of the worker that opens the run; null if it is the one of these tests.</summary>
    public string? Lake { get; init; }

    /// <summary>Rejected lines of 100, by source.</summary>
    public IReadOnlyDictionary<string, long> Rejected { get; init; } = new Dictionary<string, long>();

    /// <summary>The audit that finds violations, or null.</summary>
    public string? BrokenAudit { get; init; }

    /// <summary>Which calls of that audit find violations, counted from 1.</summary>
    public Func<int, bool> BrokenWhen { get; init; } = _ => true;

    /// <summary>Changes what staging finds.</summary>
    public Func<StagedSource, StagedSource> OnStaged { get; init; } = staged => staged;

    /// <summary>Whether other customer files are there before publication than were staged.</summary>
    public bool CustomersChange { get; init; }

    /// <summary>The rows that were left out.</summary>
    public IReadOnlyList<LeftOutRows> LeftOut { get; init; } = [new(LakeTables.CustomerTrusted, "no consent", 4), new(LakeTables.CustomerTrusted, "earlier withdrawal", 2)];

    public PublishOutcome Outcome { get; init; } = PublishOutcome.Published;

    public KeptSnapshot Kept { get; init; } = new(3, ConsentPolicy.AtReading, "uploads/", new Dictionary<string, string> { ["customer_trusted"] = "kept_customers" });

    /// <summary>The steps in the order in which their attempts began, less the recording of lineage.</summary>
    public IReadOnlyList<string> Calls => [.. _calls.Select(call => call.Step)];

    /// <summary>The recorded batches of lineage events, in order.</summary>
    public IReadOnlyList<RecordLineageInput> Batches => [.. _batches];

    public IReadOnlyList<StepEvent> Events => [.. _batches.SelectMany(batch => batch.Events)];

    public T InputOf<T>(string step) => InputsOf<T>(step)[0];

    public IReadOnlyList<T> InputsOf<T>(string step) => [.. _calls.Where(call => call.Step == step).Select(call => (T)call.Input)];

    /// <summary>The phases of a step's events, in order; the empty name stands for the run.</summary>
    public IReadOnlyList<StepPhase> PhasesOf(string step) => [.. Events.Where(happened => happened.Step == step).Select(happened => happened.Phase)];

    public StepEvent EndOf(string step) => Events.Single(happened => happened.Step == step && happened.Phase != StepPhase.Start);

    public async Task CallAsync(string step, object input)
    {
        _calls.Enqueue((step, input));
        await OnStep(step, ActivityExecutionContext.Current.Info.Attempt);
    }

    public async Task RecordAsync(RecordLineageInput input)
    {
        await OnStep("RecordLineage", ActivityExecutionContext.Current.Info.Attempt);
        _batches.Enqueue(input);
    }

    /// <summary>Throws at one step, at every attempt.</summary>
    public static Func<string, int, Task> FailAt(string step, bool nonRetryable = true) => (called, _) =>
        called == step ? throw new ApplicationFailureException("The stub fails.", "StubFailure", nonRetryable) : Task.CompletedTask;

    /// <summary>Throws at the first calls of one step, each of which is an activity of its own.</summary>
    public static Func<string, int, Task> FailCalls(string step, int calls, string errorType)
    {
        var failed = 0;
        return (called, _) => called == step && Interlocked.Increment(ref failed) <= calls
            ? throw new ApplicationFailureException("The stub fails.", errorType, nonRetryable: true)
            : Task.CompletedTask;
    }

    /// <summary>Throws at the first attempts of one step.</summary>
    public static Func<string, int, Task> FailFirst(string step, int attempts) => (called, attempt) =>
        called == step && attempt <= attempts ? throw new ApplicationFailureException("The stub fails.", "StubFailure") : Task.CompletedTask;

    /// <summary>Runs one step until the activity is cancelled, and signals its start.</summary>
    public static Func<string, int, Task> HangAt(string step, TaskCompletionSource begun) => async (called, _) =>
    {
        if (called == step)
        {
            begun.TrySetResult();
            await ActivityHold.UntilCancelledAsync();
        }
    };

    /// <summary>Lets no step of a group proceed before all of them have begun.</summary>
    public static Func<string, int, Task> MeetAt(params IReadOnlyList<string> steps)
    {
        var missing = steps.Count;
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return async (called, _) =>
        {
            if (steps.Contains(called))
            {
                if (Interlocked.Decrement(ref missing) == 0)
                {
                    met.SetResult();
                }

                try
                {
                    await met.Task.WaitAsync(TimeSpan.FromSeconds(10));
                }
                catch (TimeoutException)
                {
                    throw new ApplicationFailureException($"{called} began without the others.", "NotInParallel", nonRetryable: true);
                }
            }
        };
    }
}
