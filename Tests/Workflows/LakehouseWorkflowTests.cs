using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows.Tests;

public sealed class LakehouseWorkflowTests(StubWorker worker)
{
    private static readonly string[] Crawls = ["Crawl customer", "Crawl accelerometer", "Crawl step_trainer"];
    private static readonly string[] Stages = ["Stage customer", "Stage accelerometer", "Stage step_trainer"];
    private static readonly string[] Builds = ["FilterCustomers", "FilterAccelerometer", "CurateCustomers", "FilterStepTrainer", "JoinSensors"];
    private static readonly string[] Audits = ["AuditConsent", "AuditPairs", "AuditUniqueness", "AuditIdentifyingColumns", "Reconcile"];

    /// <summary>Every step before clean-up, and its name in lineage; null where it has no events of its own.</summary>
    public static TheoryData<string, string?> Steps => new()
    {
        { "OpenRun", null },
        { "Crawl customer", "crawl_customer" },
        { "Crawl accelerometer", "crawl_accelerometer" },
        { "Crawl step_trainer", "crawl_step_trainer" },
        { "Stage customer", "stage_customer" },
        { "Stage accelerometer", "stage_accelerometer" },
        { "Stage step_trainer", "stage_step_trainer" },
        { "Quarantine accelerometer", null },
        { "FilterCustomers", "customer_trusted" },
        { "FilterAccelerometer", "accelerometer_trusted" },
        { "CurateCustomers", "customers_curated" },
        { "FilterStepTrainer", "step_trainer_trusted" },
        { "JoinSensors", "machine_learning_curated" },
        { "DecidePeople", null },
        { "AuditConsent", "audit" },
        { "AuditPairs", "audit" },
        { "AuditUniqueness", "audit" },
        { "AuditIdentifyingColumns", "audit" },
        { "Reconcile", "audit" },
        { "List customer", null },
        { "Publish", "publish" },
    };

    [Fact]
    public async Task Run_WithStepsThatSucceed_CallsThemInOrder()
    {
        var run = new StubRun();

        await worker.RunAsync(run);

        var calls = run.Calls;
        calls.Count.ShouldBe(21);
        calls[0].ShouldBe("OpenRun");
        calls.Skip(1).Take(6).ShouldBe([.. Crawls, .. Stages], ignoreOrder: true);
        calls.Skip(7).Take(6).ShouldBe([.. Builds, "DecidePeople"], ignoreOrder: true);
        calls.Where(Builds.Contains).ShouldBe(Builds);
        calls.Skip(13).Take(5).ShouldBe(Audits, ignoreOrder: true);
        calls.Skip(18).ShouldBe(["List customer", "Publish", "CleanUp"]);
        foreach (var source in LandingSources.All)
        {
            calls.ToList().IndexOf($"Crawl {source}").ShouldBeLessThan(calls.ToList().IndexOf($"Stage {source}"));
        }
    }

    [Fact]
    public async Task Run_WithThreeSources_LandsThemInParallel() => await worker.RunAsync(new() { OnStep = StubRun.MeetAt(Crawls) });

    [Fact]
    public async Task Run_WithOneSlowSource_StagesTheOthersMeanwhile() =>
        await worker.RunAsync(new() { OnStep = StubRun.MeetAt("Crawl customer", "Stage accelerometer", "Stage step_trainer") });

    [Fact]
    public async Task Run_WithFiveAudits_AuditsInParallel() => await worker.RunAsync(new() { OnStep = StubRun.MeetAt(Audits) });

    [Fact]
    public async Task Run_WithItsInput_PassesItToTheSteps()
    {
        var run = new StubRun();

        var report = await worker.RunAsync(run, new() { SourcePrefix = "uploads/", ConsentPolicy = ConsentPolicy.AtReading, SnapshotsToKeep = 7, AllowLooserPolicy = true });

        report.Run.SourcePrefix.ShouldBe("uploads/");
        report.Run.Policy.ShouldBe(ConsentPolicy.AtReading);
        report.Run.WorkflowId.ShouldBe(run.WorkflowId);
        run.InputOf<CrawlInput>("Crawl customer").Run.ShouldBe(report.Run);
        var publish = run.InputOf<PublishInput>("Publish");
        publish.Run.ShouldBe(report.Run);
        publish.SnapshotsToKeep.ShouldBe(7);
        publish.AllowLooserPolicy.ShouldBeTrue();
        publish.Tables.Select(table => table.Table).ShouldBe(LakeTables.All);
    }

    [Fact]
    public async Task Run_WithSteps_GivesEachTheTablesItReads()
    {
        var run = new StubRun();

        await worker.RunAsync(run);

        string[] staged = ["accelerometer_staged", "customer_staged", "step_trainer_staged"];
        run.InputOf<BuildInput>("FilterCustomers").Inputs.Keys.ShouldBe(staged, ignoreOrder: true);
        run.InputOf<BuildInput>("FilterAccelerometer").Inputs.Keys.ShouldBe([.. staged, LakeTables.CustomerTrusted], ignoreOrder: true);
        run.InputOf<BuildInput>("CurateCustomers").Inputs.Keys.ShouldBe([.. staged, LakeTables.CustomerTrusted, LakeTables.AccelerometerTrusted], ignoreOrder: true);
        run.InputOf<BuildInput>("FilterStepTrainer").Inputs.Keys.ShouldBe([.. staged, LakeTables.CustomersCurated], ignoreOrder: true);
        run.InputOf<BuildInput>("JoinSensors").Inputs.Keys.ShouldBe([.. staged, LakeTables.AccelerometerTrusted, LakeTables.CustomersCurated, LakeTables.StepTrainerTrusted], ignoreOrder: true);
        run.InputOf<BuildInput>("DecidePeople").Inputs.Keys.ShouldBe(staged, ignoreOrder: true);
        foreach (var audit in Audits)
        {
            run.InputOf<AuditInput>(audit).Inputs.ShouldBe([.. staged.Concat(LakeTables.All).Append("decided_people").Order(StringComparer.Ordinal).Select(table => KeyValuePair.Create(table, $"{table}_work"))]);
        }

        Builds.Select(build => run.InputOf<BuildInput>(build).StepId).Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public async Task Run_ThatSucceeds_ReportsWhatTheStepsFound()
    {
        var run = new StubRun();

        var report = await worker.RunAsync(run);

        report.Landing.Select(source => source.Table).ShouldBe(["customer_landing", "accelerometer_landing", "step_trainer_landing"]);
        report.Landing.ShouldAllBe(source => source.Rows == 100 && source.Rejected == 0 && source.Quarantine == null && source.Seconds == 2);
        report.Tables.Select(table => table.Table).ShouldBe(LakeTables.All);
        report.LeftOut.ShouldBe([new(LakeTables.CustomerTrusted, "no consent", 4), new(LakeTables.CustomerTrusted, "earlier withdrawal", 2)]);
        report.Withheld.ShouldBe([new(LakeTables.CustomerTrusted, "earlier withdrawal", 2)]);
        report.Audits.Select(audit => audit.Name).ShouldBe(Audits);
        report.Snapshot.Generation.ShouldBe(4);
        report.BytesScanned.ShouldBe(8000);
    }

    [Theory]
    [InlineData("snapshotsToKeep", 0)]
    [InlineData("sourcePrefix", "/etc/")]
    [InlineData("unknown", 1)]
    public async Task Run_WithInvalidInput_FailsBeforeItsFirstStep(string field, object value)
    {
        var run = new StubRun();

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RunUntypedAsync(run, "LakehouseWorkflow", new Dictionary<string, object> { [field] = value }));

        var failure = failed.InnerException.ShouldBeOfType<ApplicationFailureException>();
        failure.ErrorType.ShouldBe(FailureTypes.InvalidInput);
        failure.Message.ShouldContain(field);
        run.Calls.ShouldBeEmpty();
        run.Events.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Run_WhenAStepFailsOnce_RetriesItAndCompletes(string step, string? lineage)
    {
        var run = new StubRun { OnStep = StubRun.FailFirst(step, attempts: 1), Rejected = OneRejected };

        var report = await worker.RunAsync(run);

        report.Snapshot.Outcome.ShouldBe(PublishOutcome.Published);
        run.Calls.Count(called => called == step).ShouldBe(2);
        run.Calls.Count.ShouldBe(23);
        run.PhasesOf(lineage ?? "").ShouldBe([StepPhase.Start, StepPhase.Complete]);
    }

    [Fact]
    public async Task Run_WhenAStepFailsForAnHour_RetriesIt()
    {
        var run = new StubRun { OnStep = StubRun.FailFirst("FilterCustomers", attempts: 60) };

        var report = await worker.RunAsync(run);

        run.Calls.Count(called => called == "FilterCustomers").ShouldBe(61);
        report.Seconds.ShouldBeGreaterThan(TimeSpan.FromMinutes(50).TotalSeconds);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Run_WhenAStepFailsForGood_FailsAndCleansUp(string step, string? lineage)
    {
        var run = new StubRun { OnStep = StubRun.FailAt(step), Rejected = OneRejected };

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RunAsync(run));

        failed.InnerException.ShouldBeOfType<ActivityFailureException>().InnerException
            .ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("StubFailure");
        run.Calls.Count(called => called == step).ShouldBe(1);
        run.Calls.Contains("Publish").ShouldBe(step == "Publish");
        run.Calls[^1].ShouldBe("CleanUp");
        ShouldEndEveryStepOnce(run);
        run.EndOf("").ShouldSatisfyAllConditions(
            end => end.Phase.ShouldBe(StepPhase.Fail),
            end => end.FailureType.ShouldBe("StubFailure"));
        if (lineage is not null)
        {
            run.EndOf(lineage).Phase.ShouldBe(StepPhase.Fail);
            run.EndOf(lineage).FailureType.ShouldBe("StubFailure");
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Run_WhenCancelledDuringAStep_CleansUpAndEndsCanceled(string step, string? lineage)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new StubRun { OnStep = StubRun.HangAt(step, begun), Rejected = OneRejected };
        var handle = await worker.StartAsync(run);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await handle.CancelAsync();

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync().WaitAsync(TimeSpan.FromSeconds(20)));
        failed.InnerException.ShouldBeOfType<CanceledFailureException>();
        run.Calls.Count(called => called == step).ShouldBe(1);
        run.Calls.Contains("Publish").ShouldBe(step == "Publish");
        run.Calls[^1].ShouldBe("CleanUp");
        ShouldEndEveryStepOnce(run);
        run.EndOf("").Phase.ShouldBe(StepPhase.Abort);
        run.EndOf("").FailureType.ShouldBe("Cancelled");
        if (lineage is not null)
        {
            run.EndOf(lineage).Phase.ShouldBe(StepPhase.Abort);
        }
    }

    /// <summary>A step fails, before or after the run is asked to cancel, for good or not.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Run_WhenCancelledWhileAStepFails_EndsCanceled(bool failsAfterwards, bool nonRetryable)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new StubRun
        {
            OnStep = async (step, attempt) =>
            {
                if (step != "FilterCustomers")
                {
                    return;
                }

                if (failsAfterwards)
                {
                    begun.TrySetResult();
                    await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
                }
                else if (attempt == 2)
                {
                    begun.TrySetResult();
                }

                throw new ApplicationFailureException("The stub fails.", "StubFailure", nonRetryable);
            },
        };
        var handle = await worker.StartAsync(run);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await handle.CancelAsync();
        cancelled.SetResult();

        (await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync().WaitAsync(TimeSpan.FromSeconds(20)))).InnerException.ShouldBeOfType<CanceledFailureException>();
        run.Calls[^1].ShouldBe("CleanUp");
        run.Calls.ShouldNotContain("FilterAccelerometer");
        run.EndOf("").Phase.ShouldBe(StepPhase.Abort);
    }

    [Fact]
    public async Task Run_WhenCancelledDuringCleanUp_CleansUpAndCompletes()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new StubRun
        {
            OnStep = async (step, _) =>
            {
                if (step == "CleanUp")
                {
                    begun.SetResult();
                    await cancelled.Task;
                }
            },
        };
        var handle = await worker.StartAsync(run);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await handle.CancelAsync();
        cancelled.SetResult();

        (await handle.GetResultAsync()).Snapshot.Outcome.ShouldBe(PublishOutcome.Published);
        run.PhasesOf("").ShouldBe([StepPhase.Start, StepPhase.Complete]);
    }

    [Fact]
    public async Task Run_WhenCleanUpKeepsFailing_GivesUpAfterFiveAttemptsAndCompletes()
    {
        var run = new StubRun { OnStep = StubRun.FailAt("CleanUp", nonRetryable: false) };

        var report = await worker.RunAsync(run);

        report.Snapshot.Outcome.ShouldBe(PublishOutcome.Published);
        run.Calls.Count(called => called == "CleanUp").ShouldBe(5);
    }

    [Fact]
    public async Task Run_WhenLineageCannotBeRecorded_CompletesWithoutIt()
    {
        var run = new StubRun { OnStep = StubRun.FailAt("RecordLineage") };

        var report = await worker.RunAsync(run);

        report.Snapshot.Outcome.ShouldBe(PublishOutcome.Published);
        run.Calls[^1].ShouldBe("CleanUp");
        run.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_WhenSuperseded_CompletesAndAbortsItsLineage()
    {
        var run = new StubRun { Outcome = PublishOutcome.Superseded };

        var report = await worker.RunAsync(run);

        report.Snapshot.Outcome.ShouldBe(PublishOutcome.Superseded);
        run.EndOf("").Phase.ShouldBe(StepPhase.Abort);
        run.EndOf("publish").Phase.ShouldBe(StepPhase.Abort);
        run.EndOf("publish").Outputs.ShouldBeEmpty();
        run.Calls[^1].ShouldBe("CleanUp");
    }

    [Theory]
    [InlineData("AuditConsent")]
    [InlineData("AuditPairs")]
    [InlineData("AuditUniqueness")]
    [InlineData("AuditIdentifyingColumns")]
    [InlineData("Reconcile")]
    public async Task Run_WhenAnAuditFindsViolations_PublishesNothing(string audit)
    {
        var run = new StubRun { BrokenAudit = audit };

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RunAsync(run));

        var failure = failed.InnerException.ShouldBeOfType<ApplicationFailureException>();
        failure.ErrorType.ShouldBe(FailureTypes.AuditFailed);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain($"\"{audit}\" does not hold for 2 of 10 rows (2 in a_table).");
        run.Calls.ShouldNotContain("Publish");
        run.Calls[^1].ShouldBe("CleanUp");
        run.EndOf("audit").Audits.Count(found => !found.Passed).ShouldBe(1);
        run.EndOf("").FailureType.ShouldBe(FailureTypes.AuditFailed);
    }

    [Theory]
    [InlineData(LakeTables.CustomerTrusted, "undated withdrawal", true)]
    [InlineData(LakeTables.StepTrainerTrusted, "ambiguous device", true)]
    [InlineData(LakeTables.CustomerTrusted, "consent record unreadable", false)]
    [InlineData(LakeTables.StepTrainerTrusted, "unknown device", false)]
    public async Task Run_WhenAcceptedRecordsWithholdData_QuarantinesThemForClearing(string table, string reason, bool quarantines)
    {
        var run = new StubRun { LeftOut = [new(table, reason, 1)] };

        await worker.RunAsync(run);

        run.Calls.Count(called => called == "QuarantineRecords").ShouldBe(quarantines ? 1 : 0);
    }

    [Fact]
    public async Task Run_ThatPublishes_ComparesItsAcceptedLinesConsentsAndReadableRefusals()
    {
        LeftOutRows[] leftOut =
        [
            new(LakeTables.CustomerTrusted, "no consent", 1),
            new(LakeTables.CustomerTrusted, "undated withdrawal", 2),
            new(LakeTables.CustomerTrusted, "earlier withdrawal", 4),
            new(LakeTables.CustomerTrusted, "consent record unreadable", 8),
            new(LakeTables.CustomerTrusted, "consent not yet in force", 16),
            new(LakeTables.AccelerometerTrusted, "no consent", 32),
        ];
        var run = new StubRun { LeftOut = leftOut, OnStaged = staged => staged with { Consents = staged.Source == LandingSources.Customer ? 5 : 0 } };

        await worker.RunAsync(run);

        var published = run.InputOf<PublishInput>("Publish");
        published.Accepted.ShouldBe(new Dictionary<string, long> { [LandingSources.Accelerometer] = 100, [LandingSources.Customer] = 100, [LandingSources.StepTrainer] = 100 }, ignoreOrder: true);
        published.Consents.ShouldBe(5);
        published.Refusals.ShouldBe(7);
    }

    [Fact]
    public async Task Run_WithRejectedLinesAtTheLimit_QuarantinesThemAndCompletes()
    {
        var run = new StubRun { Rejected = OneRejected };

        var report = await worker.RunAsync(run, new() { RejectedLinesLimit = 0.01 });

        run.Calls.Where(called => called.StartsWith("Quarantine", StringComparison.Ordinal)).ShouldBe(["Quarantine accelerometer"]);
        report.Landing[1].Quarantine.ShouldBe(new("s3://lake/quarantine/accelerometer/", 1));
        report.Landing[1].Rejected.ShouldBe(1);
        report.Landing[1].Rows.ShouldBe(100);
        report.Landing[0].Quarantine.ShouldBeNull();
    }

    [Fact]
    public async Task Run_WithMoreRejectedLinesThanTheLimit_QuarantinesThemAndFails()
    {
        var run = new StubRun { Rejected = new Dictionary<string, long> { [LandingSources.Accelerometer] = 2 } };

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RunAsync(run, new() { RejectedLinesLimit = 0.01 }));

        var failure = failed.InnerException.ShouldBeOfType<ApplicationFailureException>();
        failure.ErrorType.ShouldBe(FailureTypes.TooManyRejectedLines);
        failure.Message.ShouldContain("Of accelerometer_landing, 2 of 100 lines were rejected");
        failure.Message.ShouldContain("bad.json (2 lines: no email)");
        run.Calls.ShouldContain("Quarantine accelerometer");
        Stages.ShouldAllBe(stage => run.Calls.Contains(stage));
        run.Calls.ShouldNotContain("FilterCustomers");
        run.Calls[^1].ShouldBe("CleanUp");
        run.EndOf("").FailureType.ShouldBe(FailureTypes.TooManyRejectedLines);
    }

    [Fact]
    public async Task Lineage_OfARunThatSucceeds_HasAStartAndACompleteOfEveryStep()
    {
        var run = new StubRun();

        var report = await worker.RunAsync(run);

        string[] steps =
        [
            "", "crawl_customer", "crawl_accelerometer", "crawl_step_trainer", "stage_customer", "stage_accelerometer", "stage_step_trainer",
            .. LakeTables.All, "audit", "publish",
        ];
        run.Events.Select(happened => happened.Step).Distinct().ShouldBe(steps, ignoreOrder: true);
        steps.ShouldAllBe(step => run.PhasesOf(step).SequenceEqual(new[] { StepPhase.Start, StepPhase.Complete }));
        run.Events[0].Step.ShouldBe("");
        run.Events[^1].Step.ShouldBe("");
        run.Batches.Select(batch => batch.Batch).ShouldBe([1, 2]);
        run.Batches[0].Events.ShouldAllBe(happened => happened.Phase == StepPhase.Start);
        run.Batches.ShouldAllBe(batch => batch.Run == report.Run);
    }

    [Fact]
    public async Task Lineage_OfARunThatFails_IsRecordedInTwoBatches()
    {
        var run = new StubRun { OnStep = StubRun.FailAt("JoinSensors") };

        await Should.ThrowAsync<WorkflowFailedException>(() => worker.RunAsync(run));

        run.Batches.Select(batch => batch.Batch).ShouldBe([1, 2]);
        run.EndOf("").Phase.ShouldBe(StepPhase.Fail);
    }

    [Fact]
    public async Task Lineage_OfARunThatSucceeds_NamesInputsOutputsAndQueries()
    {
        var run = new StubRun();

        await worker.RunAsync(run);

        run.EndOf("crawl_customer").ShouldSatisfyAllConditions(
            end => end.Inputs.ShouldBe([new(DatasetKind.LandingFiles, "customer", "s3://lake/customer/landing/", null, 2, 20)]),
            end => end.Outputs.ShouldBe([new(DatasetKind.LandingTable, "customer", "s3://lake/customer/landing/", null, 2, 20)]));
        run.EndOf("stage_customer").ShouldSatisfyAllConditions(
            end => end.Inputs.Select(read => read.Kind).ShouldBe([DatasetKind.LandingTable]),
            end => end.Outputs.ShouldBe([new(DatasetKind.Staged, "customer", "s3://lake/customer_staged/", 10, 1, 100) { Lines = new(100, 0, 0, 0, 0, 0) }]),
            end => end.QueryId.ShouldBe("query of customer_staged"));
        run.EndOf("step_trainer_trusted").ShouldSatisfyAllConditions(
            end => end.Inputs.Select(read => (read.Kind, read.Name)).ShouldBe(
                [(DatasetKind.Staged, "step_trainer"), (DatasetKind.Staged, "customer"), (DatasetKind.Table, LakeTables.CustomersCurated)], ignoreOrder: true),
            end => end.Outputs.ShouldBe([new(DatasetKind.Table, "step_trainer_trusted", "s3://lake/step_trainer_trusted/", 10, 1, 100)]),
            end => end.QueryId.ShouldBe("query of step_trainer_trusted"));
        run.EndOf("audit").Audits.Select(audit => audit.Name).ShouldBe(Audits);
        run.EndOf("audit").LeftOut.Select(left => left.Rows).ShouldBe([4, 2]);
        run.EndOf("publish").ShouldSatisfyAllConditions(
            end => end.Inputs.Select(read => read.Name).ShouldBe(LakeTables.All),
            end => end.Outputs.ShouldBe([new(DatasetKind.Snapshot, "current", "s3://lake/snapshots/current.json")]));
    }

    private static Dictionary<string, long> OneRejected => new() { [LandingSources.Accelerometer] = 1 };

    private static void ShouldEndEveryStepOnce(StubRun run)
    {
        foreach (var step in run.Events.Select(happened => happened.Step).Distinct())
        {
            var phases = run.PhasesOf(step);
            phases.Count.ShouldBe(2, step);
            phases[0].ShouldBe(StepPhase.Start, step);
            phases[1].ShouldNotBe(StepPhase.Start, step);
        }
    }
}
