using Microsoft.Extensions.Logging;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows.Lineage;

/// <summary>
/// Records a run's lineage events in order, in two batches: the start of the run in the background, so that a run that never ends is
/// known, and all others at its end. The workflow records them because a crashed activity cannot report its own failure. Called from
/// workflow code only.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="options">The options of the activity that records a batch.</param>
internal sealed class LineageLog(RunContext run, ActivityOptions options)
{
    private readonly List<StepEvent> _waiting = [];
    private Task? _start;
    private int _batch;

    /// <summary>Runs a step, and records its start and its end.</summary>
    /// <param name="step">The step's name, unique within the run; empty for the run itself.</param>
    /// <param name="inputs">The data that it reads.</param>
    /// <param name="work">The step.</param>
    /// <param name="describe">Adds the result to the event of the step's success.</param>
    public async Task<T> TrackAsync<T>(string step, IReadOnlyList<Dataset> inputs, Func<Task<T>> work, Func<T, StepEvent, StepEvent> describe)
    {
        var started = new StepEvent { Step = step, Phase = StepPhase.Start, At = Workflow.UtcNow, Inputs = inputs };
        Add(started);
        try
        {
            var result = await work();
            Add(describe(result, started with { Phase = StepPhase.Complete, At = Workflow.UtcNow }));
            return result;
        }
        catch (Exception e)
        {
            Add(started with
            {
                Phase = TemporalException.IsCanceledException(e) || e is ContinueAsNewException ? StepPhase.Abort : StepPhase.Fail,
                At = Workflow.UtcNow,
                FailureType = FailureTypeOf(e),
            });
            throw;
        }
    }

    /// <summary>Records the events that are not recorded yet. Does not throw: a run does not fail because of its lineage.</summary>
    public async Task FlushAsync()
    {
        await (_start ?? Task.CompletedTask);
        await RecordAsync();
    }

    private void Add(StepEvent stepEvent)
    {
        _waiting.Add(stepEvent);
        _start ??= RecordStartAsync();
    }

    private async Task RecordStartAsync()
    {
        // The steps that start in the same workflow task go into the same batch.
        await Task.Yield();
        await RecordAsync();
    }

    private async Task RecordAsync()
    {
        var input = new RecordLineageInput(run, ++_batch, [.. _waiting]);
        _waiting.Clear();
        try
        {
            await Workflow.ExecuteActivityAsync(
                (ILineageActivities lineage) => lineage.RecordLineageAsync(input), options);
        }
        catch (ActivityFailureException e)
        {
            Workflow.Logger.LogWarning(e, "Lineage batch {Batch} could not be recorded", input.Batch);
        }
    }

    private static string FailureTypeOf(Exception exception) => exception switch
    {
        ActivityFailureException { InnerException: ApplicationFailureException { ErrorType: { } type } } => type,
        ActivityFailureException { InnerException: TimeoutFailureException timeout } => $"{timeout.TimeoutType}Timeout",
        ApplicationFailureException { ErrorType: { } type } => type,
        ContinueAsNewException => FailureTypes.ConsentChanged,
        _ when TemporalException.IsCanceledException(exception) => "Cancelled",
        _ => exception.GetType().Name,
    };
}
