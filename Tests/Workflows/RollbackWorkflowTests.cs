using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows.Tests;

public sealed class RollbackWorkflowTests(StubWorker worker)
{
    private static readonly string[] InOrder = ["OpenRun", "PickSnapshot", "Crawl customer", "Stage customer", "DecidePeople", "AuditConsent", "List customer", "Restore", "CleanUp"];

    /// <summary>Every step before clean-up, and its name in lineage; null where it has no events of its own.</summary>
    public static TheoryData<string, string?> Steps => new()
    {
        { "OpenRun", null },
        { "PickSnapshot", null },
        { "Crawl customer", "crawl_customer" },
        { "Stage customer", "stage_customer" },
        { "DecidePeople", null },
        { "AuditConsent", "audit" },
        { "List customer", null },
        { "Restore", "publish" },
    };

    [Fact]
    public async Task RollBack_WithStepsThatSucceed_CallsThemInOrder()
    {
        var run = new StubRun();

        var report = await worker.RollBackAsync(run);

        run.Calls.ShouldBe(InOrder);
        report.RestoredGeneration.ShouldBe(3);
        report.Audit.Passed.ShouldBeTrue();
        report.Snapshot.ShouldSatisfyAllConditions(
            snapshot => snapshot.Outcome.ShouldBe(PublishOutcome.Published),
            snapshot => snapshot.Generation.ShouldBe(5));
        ((string[])["", "crawl_customer", "stage_customer", "audit", "publish"]).ShouldAllBe(
            step => run.PhasesOf(step).SequenceEqual(new[] { StepPhase.Start, StepPhase.Complete }));
    }

    [Fact]
    public async Task RollBack_ToAKeptSnapshot_AuditsItsTablesByItsOwnPolicyAgainstTodaysCustomers()
    {
        var run = new StubRun();

        var report = await worker.RollBackAsync(run, new() { Generation = 3, AllowLooserPolicy = true });

        run.InputOf<PickSnapshotInput>("PickSnapshot").ShouldBe(new(report.Run, 3));
        var crawled = run.InputOf<CrawlInput>("Crawl customer").Run;
        crawled.ShouldBe(report.Run with { SourcePrefix = "uploads/", Policy = ConsentPolicy.AtReading });
        var audit = run.InputOf<AuditInput>("AuditConsent");
        audit.Run.ShouldBe(crawled);
        audit.Inputs.ShouldBe(
        [
            KeyValuePair.Create("customer_staged", "customer_staged_work"),
            KeyValuePair.Create("customer_trusted", "kept_customers"),
            KeyValuePair.Create("decided_people", "decided_people_work"),
        ]);
        run.InputOf<RestoreInput>("Restore").ShouldBe(new(report.Run, 3, true, "audited"));
    }

    [Fact]
    public async Task RollBack_WithRejectedLines_RestoresNonetheless()
    {
        var run = new StubRun { Rejected = new Dictionary<string, long> { [LandingSources.Customer] = 90 } };

        await worker.RollBackAsync(run);

        run.Calls.ShouldBe(InOrder);
    }

    [Theory]
    [InlineData("generation", -1)]
    [InlineData("allowLooserPolicy", 0)]
    public async Task RollBack_WithInvalidInput_FailsBeforeItsFirstStep(string field, int value)
    {
        var run = new StubRun();

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RunUntypedAsync(run, "RollbackWorkflow", new Dictionary<string, int> { [field] = value }));

        failed.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe(FailureTypes.InvalidInput);
        run.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task RollBack_WhenTodaysConsentsForbidIt_RestoresNothing()
    {
        var run = new StubRun { BrokenAudit = "AuditConsent" };

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RollBackAsync(run));

        var failure = failed.InnerException.ShouldBeOfType<ApplicationFailureException>();
        failure.ErrorType.ShouldBe(FailureTypes.AuditFailed);
        failure.Message.ShouldContain("Generation 3");
        failure.Message.ShouldContain("2 of its 10 rows (2 in a_table)");
        run.Calls.ShouldBe(InOrder.Where(step => step is not ("List customer" or "Restore")));
        run.EndOf("").FailureType.ShouldBe(FailureTypes.AuditFailed);
    }

    [Fact]
    public async Task RollBack_WhenSuperseded_CompletesAndAbortsItsLineage()
    {
        var run = new StubRun { Outcome = PublishOutcome.Superseded };

        var report = await worker.RollBackAsync(run);

        report.Snapshot.Outcome.ShouldBe(PublishOutcome.Superseded);
        run.EndOf("").Phase.ShouldBe(StepPhase.Abort);
        run.EndOf("publish").Phase.ShouldBe(StepPhase.Abort);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task RollBack_WhenAStepFailsOnce_RetriesItAndCompletes(string step, string? lineage)
    {
        var run = new StubRun { OnStep = StubRun.FailFirst(step, attempts: 1) };

        await worker.RollBackAsync(run);

        run.Calls.ShouldBe(InOrder.SelectMany(called => Enumerable.Repeat(called, called == step ? 2 : 1)));
        run.PhasesOf(lineage ?? "").ShouldBe([StepPhase.Start, StepPhase.Complete]);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task RollBack_WhenAStepFailsForGood_FailsAndCleansUp(string step, string? lineage)
    {
        var run = new StubRun { OnStep = StubRun.FailAt(step) };

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RollBackAsync(run));

        failed.InnerException.ShouldBeOfType<ActivityFailureException>().InnerException
            .ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("StubFailure");
        run.Calls.ShouldBe([.. InOrder.TakeWhile(called => called != step), step, "CleanUp"]);
        run.PhasesOf("").ShouldBe([StepPhase.Start, StepPhase.Fail]);
        if (lineage is not null)
        {
            run.PhasesOf(lineage).ShouldBe([StepPhase.Start, StepPhase.Fail]);
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task RollBack_WhenCancelledDuringAStep_CleansUpAndEndsCanceled(string step, string? lineage)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new StubRun { OnStep = StubRun.HangAt(step, begun) };
        var handle = await worker.StartRollbackAsync(run);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await handle.CancelAsync();

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync().WaitAsync(TimeSpan.FromSeconds(20)));
        failed.InnerException.ShouldBeOfType<CanceledFailureException>();
        run.Calls.ShouldBe([.. InOrder.TakeWhile(called => called != step), step, "CleanUp"]);
        run.PhasesOf("").ShouldBe([StepPhase.Start, StepPhase.Abort]);
        if (lineage is not null)
        {
            run.PhasesOf(lineage).ShouldBe([StepPhase.Start, StepPhase.Abort]);
        }
    }
}
