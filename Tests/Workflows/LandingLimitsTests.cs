using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows.Tests;

public sealed class LandingLimitsTests
{
    private const string Run = "the-run";
    private static readonly BuiltTable Table = new()
    {
        Table = "t",
        WorkTable = "w",
        Location = "s3://lake/t/",
        Rows = 0,
        Files = 0,
        Bytes = 0,
        Seconds = 0,
        BytesScanned = 0,
        QueryId = "q",
    };

    [Fact]
    public void Judge_WithoutRejections_Passes() => LandingLimits.Judge([Staged()], 0, Run).ShouldBeNull();

    [Theory]
    [InlineData(1, 1, 0, null)]
    [InlineData(2, 1, 0, "2 of 100 lines were")]
    [InlineData(1, 11, 0, "11 of 1000 bytes were")]
    [InlineData(1, 10, 1, "1 of 10 files were")]
    [InlineData(50, 500, 5, "50 of 100 lines and 500 of 1000 bytes and 5 of 10 files were")]
    public void Judge_OfLinesBytesAndFiles_StopsWhereOneExceedsTheLimit(long lines, long bytes, int files, string? problem)
    {
        var staged = Staged() with { Accepted = 100 - lines, Rejected = lines, RejectedBytes = bytes, RejectedFiles = Files("a/bad.json", files) };

        var failure = LandingLimits.Judge([staged], 0.01, Run);

        if (problem is null)
        {
            failure.ShouldBeNull();
            return;
        }

        failure.ShouldNotBeNull();
        failure.ErrorType.ShouldBe(FailureTypes.TooManyRejectedLines);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain($"Of accelerometer_landing, {problem} rejected, more than the limit of 1.00");
    }

    [Theory]
    [InlineData(LandingSources.Customer, true)]
    [InlineData(LandingSources.Accelerometer, false)]
    public void Judge_OfAFileWithRejectedLinesOnly_StopsAtEveryLimitForCustomers(string source, bool stops)
    {
        var staged = Staged(source) with { Accepted = 98, Rejected = 2, RejectedFiles = Files("a/bad.json", 1), UnreadableFiles = Files("a/bad.json", 1) };

        var failure = LandingLimits.Judge([staged], 1, Run);

        (failure is not null).ShouldBe(stops);
        (failure?.Message ?? "All lines of 1 file of customer_landing were rejected. See a/bad.json.").ShouldContain("All lines of 1 file of customer_landing were rejected. See a/bad.json.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Judge_OfASourceWithoutAcceptedLines_StopsAtEveryLimit(long rejected) =>
        LandingLimits.Judge([Staged() with { Accepted = 0, Rejected = rejected }], 1, Run).ShouldNotBeNull()
            .Message.ShouldContain("accelerometer_landing has no accepted line.");

    [Fact]
    public void Judge_OfACustomerLineWithoutAPerson_StopsAtEveryLimitAndNamesTheRemedy()
    {
        var staged = Staged(LandingSources.Customer) with
        {
            Accepted = 99,
            Rejected = 1,
            Unattributed = 1,
            UnattributedFiles = Files("customer/landing/Thumbs.db", 1),
            Rejections = [new("s3://lake/customer/landing/Thumbs.db", "not one JSON object", 1)],
        };

        var failure = LandingLimits.Judge([staged], 1, Run).ShouldNotBeNull();

        failure.ErrorType.ShouldBe(FailureTypes.UnattributedLines);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldBe(
            "No person can be read from 1 rejected line of customer_landing, which could be anybody's withdrawal. See customer/landing/Thumbs.db (1 line: not one JSON object). Nothing was published. "
            + "`stedi quarantine list the-run` lists the customer lines. Correct the files, or clear the lines that are nobody's withdrawal, and run again.");
    }

    [Fact]
    public void Judge_OfSeveralSources_NamesThreeFilesOfEachInOneMessage()
    {
        string[] sources = [LandingSources.Accelerometer, LandingSources.StepTrainer];
        var staged = sources.Select(source => Staged(source) with
        {
            Accepted = 90,
            Rejected = 10,
            Rejections = [.. Enumerable.Range(0, 5).Select(i => new RejectedLines($"s3://lake/{source}/{new string('x', 200)}{i}.json", "no user", 2))],
        });

        var message = Failure([.. staged], 0.05).Message;

        foreach (var source in sources)
        {
            message.ShouldContain($"Of {source}_landing, 10 of 100 lines were rejected");
        }

        message.Split(".json (2 lines: no user)").Length.ShouldBe(7);
        message.Split(' ').ShouldAllBe(word => word.Length <= 120);
    }

    [Fact]
    public void Judge_OfSeveralSourcesOneOfThemCustomers_NamesTheGravestProblemsFilesFirst()
    {
        var bad = Staged() with { Rejected = 3, RejectedFiles = Files("a.json", 1), UnreadableFiles = Files("b.json", 1), UnattributedFiles = NamedFiles.None };
        var customers = bad with { Source = LandingSources.Customer, Unattributed = 2, UnattributedFiles = Files("c.json", 1), UnreadableFiles = Files("b.json", 2) };

        var failure = Failure([customers, bad], 0);

        failure.ErrorType.ShouldBe(FailureTypes.UnattributedLines);
        failure.Message.ShouldStartWith("No person can be read from 2 rejected lines of customer_landing");
        failure.Message.ShouldContain("All lines of 2 files of customer_landing were rejected.");
        failure.Message.ShouldContain(" See c.json, b.json, a.json. Of accelerometer_landing, 3 of 103 lines and 1 of 10 files were rejected");
        failure.Message.ShouldContain(" See a.json. Nothing was published. `stedi quarantine list the-run`");
    }

    [Fact]
    public void Judge_OfReadingsOnly_NamesTheirRemedy() =>
        Failure([Staged() with { Rejected = 3 }], 0).Message.ShouldEndWith(
            "Nothing was published. The rejected lines are in the quarantine of run the-run. Correct the files and run again, or raise rejectedLinesLimit if only the limit is exceeded.");

    private static ApplicationFailureException Failure(IReadOnlyList<StagedSource> staged, double limit) => LandingLimits.Judge(staged, limit, Run).ShouldNotBeNull();

    private static NamedFiles Files(string name, int count) => count == 0 ? NamedFiles.None : new(count, [name]);

    private static StagedSource Staged(string source = LandingSources.Accelerometer) =>
        new() { Source = source, Data = Table, Accepted = 100, Rejected = 0, Bytes = 1000, Files = 10, Rejections = [] };
}
