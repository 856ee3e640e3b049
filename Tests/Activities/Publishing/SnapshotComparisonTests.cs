using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Tests.Sql;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Tests.Publishing;

/// <summary>What a run is about to publish, compared with the last snapshot. Ten people are published there.</summary>
[Trait("Speed", "Slow")]
public sealed class SnapshotComparisonTests(LocalLakes lakes)
{
    private const int People = 10;

    [Fact]
    public async Task Publish_OverAnEqualSnapshot_Publishes() => (await PublishTwiceAsync(input => input)).Generation.ShouldBe(2);

    [Fact]
    public async Task Publish_OverASnapshotWithoutAcceptedLines_Publishes() =>
        (await PublishTwiceAsync(input => input, first => first with { Accepted = new Dictionary<string, long>() })).Generation.ShouldBe(2);

    [Theory]
    [InlineData(80, true)]
    [InlineData(79, false)]
    public async Task Publish_OfASourceWithFewerLines_StopsBelowFourFifths(long lines, bool publishes)
    {
        var publish = () => PublishTwiceAsync(input => input with { Accepted = Accepted(step: lines) });

        if (publishes)
        {
            (await publish()).Outcome.ShouldBe(PublishOutcome.Published);
            return;
        }

        var failure = await publish.ShouldThrowAsync<ApplicationFailureException>();
        failure.ErrorType.ShouldBe(FailureTypes.ShrunkData);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain("Compared with snapshot 1: step_trainer_landing has 79 accepted lines instead of 100. Nothing was published.");
        failure.Message.ShouldContain("set allowShrink to 1");
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Publish_OfFewerLinesThatAreAllowed_PublishesOverThatGenerationOnly(int generation, bool publishes)
    {
        var publish = () => PublishTwiceAsync(input => input with { Accepted = Accepted(step: 1), AllowShrink = generation });

        (await Record.ExceptionAsync(publish) is null).ShouldBe(publishes);
    }

    [Fact]
    public async Task Publish_FromAnotherSourcePrefix_NeedsToBeAllowed()
    {
        var lake = await lakes.NewAsync();
        var made = await MakeAsync(lake, lake.Run, 1, 0);
        await PublishAsync(lake, made, input => input);
        var moved = made with { Run = TestLake.NewRun(lake.Run.AsOf.AddMinutes(1)) with { SourcePrefix = "uploads/" } };

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => PublishAsync(lake, moved, input => input));

        failure.ErrorType.ShouldBe(FailureTypes.SourceChanged);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain("built from the lake's own landing zone, and these from uploads/");
        (await PublishAsync(lake, moved, input => input with { AllowSourceChange = true })).Generation.ShouldBe(2);
    }

    [Fact]
    public async Task Publish_UnderAnotherPolicy_IsNotCompared()
    {
        var lake = await lakes.NewAsync();
        await PublishAsync(lake, await MakeAsync(lake, lake.Run, People, 0), input => input);
        var stricter = await MakeAsync(lake, TestLake.NewRun(lake.Run.AsOf.AddMinutes(1)) with { Policy = ConsentPolicy.AtReading }, 1, 0);

        var published = await PublishAsync(lake, stricter, input => input with { Accepted = Accepted(step: 1) });

        published.Generation.ShouldBe(2);
    }

    [Theory]
    [InlineData(5, 0, null)]
    [InlineData(4, 0, "customer_trusted has 4 rows instead of 10, of which people who refuse now explain 0")]
    [InlineData(4, 2, null)]
    [InlineData(3, 2, "customer_trusted has 3 rows instead of 10, of which people who refuse now explain 2")]
    public async Task Publish_OfATableWithFewerRows_CountsThoseOfPeopleWhoRefuseAsExplained(int people, int refusing, string? problem)
    {
        var publish = () => PublishTwiceAsync(input => input, people: people, refusing: refusing);

        if (problem is null)
        {
            (await publish()).Generation.ShouldBe(2);
        }
        else
        {
            (await publish.ShouldThrowAsync<ApplicationFailureException>()).Message.ShouldContain(problem);
        }
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Publish_WhenManyRefuseAtOnce_StopsAboveAFifth(int refusing, bool publishes)
    {
        var publish = () => PublishTwiceAsync(input => input, people: 10 - refusing, refusing: refusing);

        if (publishes)
        {
            (await publish()).Generation.ShouldBe(2);
        }
        else
        {
            var failure = await publish.ShouldThrowAsync<ApplicationFailureException>();
            failure.ErrorType.ShouldBe(FailureTypes.ShrunkData);
            failure.Message.ShouldContain("3 of 10 people refuse at once");
        }
    }

    [Fact]
    public async Task Publish_WhenManyStrangersRefuse_Publishes() =>
        (await PublishTwiceAsync(input => input with { Refusals = 1000 })).Generation.ShouldBe(2);

    [Fact]
    public async Task Publish_WithoutAnyConsent_Stops() =>
        (await Should.ThrowAsync<ApplicationFailureException>(() => PublishTwiceAsync(input => input with { Consents = 0 })))
            .Message.ShouldContain("no customer record has a readable consent, and 10 people had given theirs");

    [Fact]
    public async Task Publish_WhenTheComparisonCannotBeMade_SaysWhatFailed()
    {
        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => PublishTwiceAsync(
            input => input with { WorkTables = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["decided_people"] = "no_such_table" } }, people: 4));

        failure.ErrorType.ShouldBe(FailureTypes.BadQuery);
        failure.Message.ShouldContain("comparing with the last snapshot");
    }

    private async Task<PublishedSnapshot> PublishTwiceAsync(
        Func<PublishInput, PublishInput> change, Func<PublishInput, PublishInput>? first = null, int people = People, int refusing = 0)
    {
        var lake = await lakes.NewAsync();
        var made = await MakeAsync(lake, lake.Run, People, 0);
        await PublishAsync(lake, made, first ?? (input => input));
        var again = TestLake.NewRun(lake.Run.AsOf.AddMinutes(1));
        return await PublishAsync(lake, people == People && refusing == 0 ? made with { Run = again } : await MakeAsync(lake, again, people, refusing), change);
    }

    private static Task<PublishedSnapshot> PublishAsync(TestLake lake, PublishInput made, Func<PublishInput, PublishInput> change) =>
        lake.InActivityAsync((IPublishingActivities publishing) => publishing.PublishAsync(change(made)));

    /// <summary>Makes tables with one row for each of the first people. Those after them refuse.</summary>
    private static async Task<PublishInput> MakeAsync(TestLake lake, RunContext run, int people, int refusing)
    {
        var tables = await Task.WhenAll(LakeTables.All.Select(table =>
            WriteAsync(lake, run, table, LakeContract.Table(table).WorkColumns, [.. Enumerable.Range(0, people).Select(person => Row(table, person))])));

        var customers = Enumerable.Range(0, people).Select(person => SqlFile.Customer(Email(person), Device(person), consent: 1655000000100))
            .Concat(Enumerable.Range(people, refusing).Select(person => SqlFile.Customer(Email(person), Device(person), consent: null)));
        var staged = await WriteAsync(lake, run, "customer_staged", LakeContract.Source(LandingSources.Customer).StagedColumns, [.. customers]);
        var decided = await lake.InActivityAsync((IAuditActivities audits) =>
            audits.DecidePeopleAsync(new(run, Guid.NewGuid(), new SortedDictionary<string, string>(StringComparer.Ordinal) { [staged.Table] = staged.WorkTable })));
        return new(run, tables, 4, false)
        {
            Audited = TableDigest.Of(tables.Select(table => (table.Table, table.Location))),
            Accepted = Accepted(100),
            Consents = people,
            Refusals = refusing,
            WorkTables = new SortedDictionary<string, string>(tables.Append(staged).Append(decided).ToDictionary(table => table.Table, table => table.WorkTable), StringComparer.Ordinal),
        };
    }

    private static Task<BuiltTable> WriteAsync(TestLake lake, RunContext run, string table, IReadOnlyList<LakeColumn> columns, IReadOnlyList<object?[]> rows) =>
        lake.InActivityAsync((TableBuilder builder) => builder.WriteAsync(run, Guid.NewGuid(), table, LakeZones.Trusted, columns, $"SELECT * FROM {SqlFile.Inline(columns, rows)} t"));

    private static object?[] Row(string table, int person) => table switch
    {
        LakeTables.CustomerTrusted or LakeTables.CustomersCurated =>
            [Device(person), null, null, 1655000000001L, 1655000000100L, null, Email(person).ToUpperInvariant(), null, null, null, Email(person), Device(person)],
        LakeTables.AccelerometerTrusted => [Email(person), 1655000000200L, 1, 2, 3, Email(person)],
        LakeTables.StepTrainerTrusted => [1655000000200L, Device(person), 10, Device(person)],
        _ => [SqlFile.Pseudonym(Email(person)), 1655000000200L, 10, 1, 2, 3],
    };

    private static SortedDictionary<string, long> Accepted(long step) =>
        new(StringComparer.Ordinal) { [LandingSources.Customer] = 100, [LandingSources.Accelerometer] = 100, [LandingSources.StepTrainer] = step };

    private static string Email(int person) => $"p{person}@example.org";

    private static string Device(int person) => $"dev-{person}";
}
