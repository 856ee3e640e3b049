using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>Rollback to a kept snapshot: what readers see afterwards, and when it fails.</summary>
public sealed class RollbackTests
{
    [Fact]
    public async Task Rollback_ToAnEarlierSnapshot_PublishesItUnderANewGeneration()
    {
        await using var stack = await StartAsync();
        await stack.RunAsync();
        var before = (await stack.LogAsync()).Current;
        await stack.RunAsync();
        var replaced = (await stack.LogAsync()).Current;

        var report = await stack.RollBackAsync();

        report.RestoredGeneration.ShouldBe(1);
        report.Audit.Passed.ShouldBeTrue();
        report.Audit.Checked.ShouldBePositive();
        report.Snapshot.Outcome.ShouldBe(PublishOutcome.Published);
        var log = await stack.LogAsync();
        log.Current.Generation.ShouldBe(3);
        log.Current.RestoredFrom.ShouldBe(1);
        log.Current.AsOf.ShouldBeGreaterThan(replaced.AsOf);
        log.Current.RunId.ShouldBe(report.Run.Id);
        log.Current.Tables.ShouldBe(before.Tables);
        (await stack.LocationsAsync()).ShouldBe(before.Tables.Select(table => table.Location));
        foreach (var table in before.Tables)
        {
            (await stack.CountAsync($"SELECT count(*) AS n FROM {table.Name}")).ShouldBe(table.Rows, table.Name);
        }
    }

    [Fact]
    public async Task Rollback_WhenAPersonHasWithdrawnSince_FailsTheAuditAndChangesNothing()
    {
        await using var stack = await StartAsync();
        await stack.RunAsync();
        await WithdrawAsync(stack);
        await stack.RunAsync();
        var published = await stack.LogAsync();

        var failure = await FailedRun.FailureAsync(() => stack.RollBackAsync(new() { Generation = 1 }));

        failure.ErrorType.ShouldBe(FailureTypes.AuditFailed);
        failure.Message.ShouldStartWith("Generation 1 was not published again: today's consents do not allow");
        (await stack.LogAsync()).All.Select(snapshot => snapshot.RunId).ShouldBe(published.All.Select(snapshot => snapshot.RunId), "Nothing is published.");
        (await stack.LocationsAsync()).ShouldBe(published.Current.Tables.Select(table => table.Location));
    }

    [Fact]
    public async Task Rollback_WhenAWithdrawalHasLandedButNoRunHasReadIt_FailsTheAudit()
    {
        await using var stack = await StartAsync();
        await stack.RunAsync();
        await stack.RunAsync();
        await WithdrawAsync(stack);

        (await FailedRun.FailureAsync(() => stack.RollBackAsync())).ErrorType.ShouldBe(FailureTypes.AuditFailed);
    }

    [Fact]
    public async Task Rollback_ToALooserPolicy_NeedsTheFlag()
    {
        await using var stack = await StartAsync();
        await stack.RunAsync();
        await stack.RunAsync(new() { ConsentPolicy = ConsentPolicy.AtReading });

        (await FailedRun.FailureAsync(() => stack.RollBackAsync())).ErrorType.ShouldBe(FailureTypes.LooserPolicy);

        (await stack.RollBackAsync(new() { AllowLooserPolicy = true })).Snapshot.Outcome.ShouldBe(PublishOutcome.Published);
    }

    [Fact]
    public async Task Rollback_ToAGenerationThatIsNotKept_NamesThoseThatAre()
    {
        await using var stack = await StartAsync();
        await stack.RunAsync();

        var failure = await FailedRun.FailureAsync(() => stack.RollBackAsync(new() { Generation = 7 }));

        failure.ErrorType.ShouldBe(FailureTypes.MissingResource);
        failure.Message.ShouldBe("Generation 7 is not kept. Kept: 1.");
    }

    [Fact]
    public async Task Publish_WhenARollbackHappenedMeanwhile_EndsSuperseded()
    {
        await using var stack = await StartAsync();
        await stack.RunAsync();
        var replaced = await stack.RunAsync();
        var rolledBack = await stack.RollBackAsync();

        var late = await stack.InActivityAsync((IPublishingActivities publishing) => publishing.PublishAsync(
            new(replaced.Run with { Id = Guid.NewGuid().ToString(), AsOf = rolledBack.Run.AsOf.AddSeconds(-1) }, replaced.Tables, 4, false)));

        late.Outcome.ShouldBe(PublishOutcome.Superseded);
        (await stack.LogAsync()).Current.RunId.ShouldBe(rolledBack.Run.Id);
    }

    [Fact]
    public async Task Rollback_DuringARun_LeavesOneOfTheTwoPublished()
    {
        await using var stack = await StartAsync();
        await stack.RunAsync();
        await stack.RunAsync();

        var rollback = await stack.StartRollbackAsync();
        var run = await stack.StartRunAsync();
        var (rolledBack, ran) = (await rollback.GetResultAsync(), await run.GetResultAsync());

        var log = await stack.LogAsync();
        log.Current.AsOf.ShouldBe(new[] { rolledBack.Run.AsOf, ran.Run.AsOf }.Max(), "The run that started last is current.");
        (await stack.LocationsAsync()).ShouldBe(log.Current.Tables.Select(table => table.Location));
        foreach (var (outcome, id) in new[] { (rolledBack.Snapshot, rolledBack.Run.Id), (ran.Snapshot, ran.Run.Id) })
        {
            (outcome.Outcome == PublishOutcome.Published || outcome.RunId != id).ShouldBeTrue("A superseded run names the current one.");
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<InProcessStack> StartAsync()
    {
        var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 3, Scale = 0.02 });
        return stack;
    }

    // Lands a later record, without a consent, of a person who had consented.
    private static async Task WithdrawAsync(InProcessStack stack)
    {
        var objects = stack.Services.GetRequiredService<LakeObjects>();
        var landed = (await objects.ListAsync("customer/landing/", Token))[0];
        var record = (await objects.ReadAsync(landed.Key, Token)).ShouldNotBeNull().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!.AsObject())
            .First(customer => customer.ContainsKey("shareWithResearchAsOfDate"));
        record.Remove("shareWithResearchAsOfDate");
        record["lastUpdateDate"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await stack.LandTextAsync("customer/landing/withdrawal.json", record.ToJsonString() + "\n");
    }
}
