using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows.Tests;

/// <summary>Files that land, change or disappear during a run or a rollback.</summary>
public sealed class ChangedLandingTests(StubWorker worker)
{
    [Fact]
    public async Task Run_WhenFilesChangedWhileTheyWereRead_StagesTheSourceOnceMore()
    {
        var run = new StubRun { OnStep = StubRun.FailCalls("Stage step_trainer", 1, FailureTypes.LandingChanged) };

        await worker.RunAsync(run);

        run.Calls.Count(called => called == "Stage step_trainer").ShouldBe(2);
        run.InputsOf<StageInput>("Stage step_trainer").Select(input => input.StepId).Distinct().Count().ShouldBe(2);
        run.PhasesOf("stage_step_trainer").ShouldBe([StepPhase.Start, StepPhase.Complete]);
    }

    [Fact]
    public async Task Run_WhenFilesChangeAgain_Stops()
    {
        var run = new StubRun { OnStep = StubRun.FailCalls("Stage step_trainer", 2, FailureTypes.LandingChanged) };

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RunAsync(run));

        failed.InnerException!.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe(FailureTypes.LandingChanged);
        run.Calls.Count(called => called == "Stage step_trainer").ShouldBe(2);
        run.Calls.ShouldNotContain("Publish");
    }

    [Fact]
    public async Task Run_WhenCustomersChangedWithoutAViolation_StagesAndAuditsThemAgainAndPublishes()
    {
        var run = new StubRun { CustomersChange = true };

        await worker.RunAsync(run);

        run.Calls.Skip(18).ShouldBe(["List customer", "Stage customer", "DecidePeople", "AuditConsent", "Publish", "CleanUp"]);
        run.PhasesOf("stage_again_customer").ShouldBe([StepPhase.Start, StepPhase.Complete]);
        run.PhasesOf("audit_again").ShouldBe([StepPhase.Start, StepPhase.Complete]);
    }

    [Fact]
    public async Task Run_WhenCustomersWithdrewMeanwhile_StartsAgainAndPublishes()
    {
        // The second audit of the first run finds a violation, those of the next run do not.
        var run = new StubRun { CustomersChange = true, BrokenAudit = "AuditConsent", BrokenWhen = call => call == 2 };

        var report = await worker.RunAsync(run, new() { SnapshotsToKeep = 7 });

        run.Calls.Count(called => called == "OpenRun").ShouldBe(2);
        run.Calls.Count(called => called == "CleanUp").ShouldBe(2);
        run.Calls.Count(called => called == "Publish").ShouldBe(1);
        run.InputOf<PublishInput>("Publish").SnapshotsToKeep.ShouldBe(7);
        var runs = run.InputsOf<RunContext>("OpenRun");
        runs.Select(opened => opened.Id).Distinct().Count().ShouldBe(2);
        report.Run.ShouldBe(runs[1]);
        run.Events.Single(ended => ended.Step == "" && ended.Phase == StepPhase.Abort).FailureType.ShouldBe(FailureTypes.ConsentChanged);
    }

    [Fact]
    public async Task Run_WhenCustomersWithdrewInThreeRunsInARow_EndsAsConsentChanged()
    {
        var run = new StubRun { CustomersChange = true, BrokenAudit = "AuditConsent", BrokenWhen = call => call % 2 == 0 };

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RunAsync(run));

        failed.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe(FailureTypes.ConsentChanged);
        run.Calls.Count(called => called == "OpenRun").ShouldBe(3);
        run.Calls.Count(called => called == "CleanUp").ShouldBe(3);
        run.Calls.ShouldNotContain("Publish");
    }

    [Fact]
    public async Task Run_WhenALateCustomerLineNamesNobody_Stops()
    {
        var staged = 0;
        var run = new StubRun
        {
            CustomersChange = true,
            OnStaged = source => source.Source == LandingSources.Customer && Interlocked.Increment(ref staged) == 2
                ? source with { Accepted = 99, Rejected = 1, Unattributed = 1, UnattributedFiles = new(1, ["late.json"]) }
                : source,
        };

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RunAsync(run, new() { RejectedLinesLimit = 1 }));

        failed.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe(FailureTypes.UnattributedLines);
        failed.InnerException.Message.ShouldContain("late.json");
        run.Calls[^2].ShouldBe("Quarantine customer");
    }

    [Fact]
    public async Task RollBack_WhenACustomerLineNamesNobody_Stops()
    {
        var run = new StubRun { OnStaged = source => source with { Accepted = 99, Rejected = 1, Unattributed = 1, UnattributedFiles = new(1, ["bad.json"]) } };

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RollBackAsync(run));

        failed.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe(FailureTypes.UnattributedLines);
        run.Calls.ShouldBe(["OpenRun", "PickSnapshot", "Crawl customer", "Stage customer", "Quarantine customer", "CleanUp"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RollBack_WhenCustomersChangedMeanwhile_AuditsAgain(bool withdrew)
    {
        var run = new StubRun { CustomersChange = true, BrokenAudit = withdrew ? "AuditConsent" : null, BrokenWhen = call => call == 2 };

        var ended = await Record.ExceptionAsync(() => worker.RollBackAsync(run));

        (ended is WorkflowFailedException { InnerException: ApplicationFailureException { ErrorType: FailureTypes.AuditFailed } }).ShouldBe(withdrew);
        run.Calls.Skip(4).ShouldBe(["DecidePeople", "AuditConsent", "List customer", "Stage customer", "DecidePeople", "AuditConsent", .. withdrew ? (string[])[] : ["Restore"], "CleanUp"]);
    }

    [Fact]
    public async Task Run_BeforePublication_PassesWhatTheLastSnapshotIsComparedWith()
    {
        var run = new StubRun { OnStaged = source => source with { Consents = source.Source == LandingSources.Customer ? 60 : 0 } };

        await worker.RunAsync(run, new() { AllowShrink = 3, AllowSourceChange = true });

        var input = run.InputOf<PublishInput>("Publish");
        input.Accepted.ShouldBe([new("accelerometer", 100), new("customer", 100), new("step_trainer", 100)]);
        input.Consents.ShouldBe(60);
        input.Refusals.ShouldBe(6);
        input.AllowShrink.ShouldBe(3);
        input.AllowSourceChange.ShouldBeTrue();
        input.WorkTables.Count.ShouldBe(9);
    }
}
