using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities.Consent;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Stedi.Testing;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>A reset never changes what readers see, unless it runs the whole job again.</summary>
public sealed class ResetTests
{
    private const string Superseded = nameof(PublishOutcome.Superseded);
    private const string Cancelled = "Cancelled";

    /// <summary>How the run that is reset ended.</summary>
    public enum End
    {
        Completed,
        Failed,
        Cancelled,
        Running,
    }

    [Theory]
    [InlineData(End.Completed)]
    [InlineData(End.Failed)]
    [InlineData(End.Cancelled)]
    [InlineData(End.Running)]
    public async Task Reset_ToEachTask_RunsTheWholeJobOrChangesNothing(End end)
    {
        var hold = new Hold();
        await using var stack = await InProcessStack.StartAsync(services => services
            .AddSingleton(hold)
            .AddScoped<ConsentActivities>()
            .AddScoped<IConsentActivities, HeldConsentActivities>());
        await stack.LandGeneratedAsync(new() { Seed = 7, Scale = 0.01 });
        await stack.RunAsync(Strict);
        var rows = await RowsAsync(stack);
        rows.ShouldBeGreaterThan(0);
        var run = await RunAsync(stack, hold, end);
        var tasks = await run.TasksAsync();

        // While the first reset runs the whole job, another run publishes and sweeps.
        var other = stack.RunAsync(Strict);
        var first = await OutcomeAsync(await ResetAsync(stack, run, tasks[0]));
        await other;

        // A reset asks for cancellation again.
        var again = end switch { End.Failed => FailureTypes.LooserPolicy, End.Cancelled => Cancelled, _ => "" };
        // The other run may have published first, and is the later one then.
        first.ShouldBeOneOf(again, Superseded);
        (await RowsAsync(stack)).ShouldBe(rows);
        var generation = (await stack.LogAsync()).Current.Generation;
        var outcomes = new List<string>();
        foreach (var task in tasks.Skip(1))
        {
            outcomes.Add(await OutcomeAsync(await ResetAsync(stack, run, task)));

            (await stack.LogAsync()).Current.Generation.ShouldBe(generation, $"task {task}");
            (await RowsAsync(stack)).ShouldBe(rows, $"task {task}");
        }

        // A run that is asked to cancel ends so, whatever its steps do.
        outcomes.Count(outcome => outcome == (end == End.Cancelled ? Cancelled : FailureTypes.ResetNotSupported)).ShouldBeGreaterThan(5);
        // After its last step a run only repeats how it ended.
        outcomes.ShouldBeSubsetOf([FailureTypes.ResetNotSupported, again]);
    }

    private static LakehouseInput Strict => new() { ConsentPolicy = ConsentPolicy.AtReading };

    private static async Task<WorkflowHandle> RunAsync(InProcessStack stack, Hold hold, End end)
    {
        if (end is End.Cancelled or End.Running)
        {
            hold.Next();
        }

        var run = await stack.StartRunAsync(end == End.Failed ? new() : Strict);
        switch (end)
        {
            case End.Completed:
                await run.GetResultAsync();
                break;
            case End.Failed:
                (await OutcomeAsync(run)).ShouldBe(FailureTypes.LooserPolicy);
                break;
            case End.Cancelled:
                await hold.Begun;
                await run.CancelAsync();
                (await OutcomeAsync(run)).ShouldBe(Cancelled);
                break;
            case End.Running:
                await hold.Begun;
                break;
        }

        return run;
    }

    private static Task<long> RowsAsync(InProcessStack stack) => stack.CountAsync("SELECT count(*) AS n FROM machine_learning_curated");

    private static Task<WorkflowHandle> ResetAsync(InProcessStack stack, WorkflowHandle run, long task) => stack.Client.ResetAsync(run.Id, run.ResultRunId!, task);

    // The type of the failure with which a run ends; empty if it publishes.
    private static async Task<string> OutcomeAsync(WorkflowHandle run)
    {
        try
        {
            var report = await run.GetResultAsync<LakehouseReport>();
            return report.Snapshot.Outcome == PublishOutcome.Superseded ? Superseded : "";
        }
        catch (WorkflowFailedException e)
        {
            return TemporalException.IsCanceledException(e) || e.InnerException is CanceledFailureException
                ? Cancelled
                : e.InnerException.ShouldBeOfType<ActivityFailureException>().InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType ?? "";
        }
    }

    /// <summary>Holds one step of one run until the step is cancelled.</summary>
    private sealed class Hold
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _waiting;

        public Task Begun => _begun.Task;

        /// <summary>Holds the next step.</summary>
        public void Next() => _waiting = 1;

        public async Task PassAsync()
        {
            if (Interlocked.Exchange(ref _waiting, 0) == 0)
            {
                return;
            }

            _begun.SetResult();
            await ActivityHold.UntilCancelledAsync();
        }
    }

    private sealed class HeldConsentActivities(ConsentActivities inner, Hold hold) : IConsentActivities
    {
        public Task<BuiltTable> FilterCustomersAsync(BuildInput input) => inner.FilterCustomersAsync(input);

        public async Task<BuiltTable> FilterAccelerometerAsync(BuildInput input)
        {
            await hold.PassAsync();
            return await inner.FilterAccelerometerAsync(input);
        }
    }
}
