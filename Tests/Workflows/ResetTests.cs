using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows.Tests;

/// <summary>A run that is reset runs again from its first task, and from no later one: those would mix the steps of two runs.</summary>
public sealed class ResetTests(StubWorker worker)
{
    [Fact]
    public async Task Reset_ToTheFirstTask_RunsAllStepsForTheNewRun()
    {
        var run = new StubRun();
        var first = await worker.RunAsync(run);
        var calls = run.Calls.Count;

        var handle = await worker.ResetAsync(run, first.Run.Id, (await worker.TasksAsync(run, first.Run.Id))[0]);
        var report = await handle.GetResultAsync<LakehouseReport>();

        report.Run.Id.ShouldBe(handle.RunId);
        report.Run.Id.ShouldNotBe(first.Run.Id);
        run.Calls.Skip(calls).ShouldBe(run.Calls.Take(calls), ignoreOrder: true);
        run.InputsOf<PublishInput>("Publish")[1].Run.ShouldBe(report.Run);
    }

    [Fact]
    public void Steps_AllButTheFirstAndCleanUp_SayWhichRunTheyBelongTo() =>
        typeof(StubActivities).GetInterfaces().SelectMany(type => type.GetMethods())
            .Where(step => !step.GetParameters().Single().ParameterType.IsAssignableTo(typeof(IStepInput)))
            .Select(step => step.Name)
            .ShouldBe([nameof(IPublishingActivities.OpenRunAsync), nameof(IPublishingActivities.CleanUpAsync)], ignoreOrder: true);

    [Fact]
    public async Task Reset_ToALaterTask_RefusesEveryStepButCleanUp()
    {
        var run = new StubRun();
        var first = await worker.RunAsync(run);
        var calls = run.Calls.Count;
        var tasks = await worker.TasksAsync(run, first.Run.Id);
        var refused = 0;

        foreach (var task in tasks.Skip(1))
        {
            var handle = await worker.ResetAsync(run, first.Run.Id, task);
            try
            {
                // Its steps are over: what it reports is the first run, which published.
                (await handle.GetResultAsync<LakehouseReport>()).Run.ShouldBe(first.Run, $"task {task}");
            }
            catch (WorkflowFailedException e)
            {
                var failure = e.InnerException.ShouldBeOfType<ActivityFailureException>().InnerException.ShouldBeOfType<ApplicationFailureException>();
                failure.ErrorType.ShouldBe(FailureTypes.ResetNotSupported);
                failure.Message.ShouldBe($"The step belongs to run {first.Run.Id}, from which this run was reset. Nothing was changed. Reset to the first workflow task, or start a new run.");
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(10);
        run.Calls.Skip(calls).Distinct().ShouldBe(["CleanUp"]);
    }
}
