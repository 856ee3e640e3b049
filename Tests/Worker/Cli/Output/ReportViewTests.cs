using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Reports;

namespace Stedi.Temporal.Worker.Tests.Cli.Output;

public sealed class ReportViewTests
{
    private static readonly ReportFooter Places = new(".stedi/lake/stedi-lake", "127.0.0.1:7233", ".stedi/logs", "stedi");

    [Fact]
    public void Write_WhenPublished_PrintsTheWholeReport()
    {
        Render(SampleReport.Create()).ShouldBe("""

            Published snapshot 3 in 1.42 s, consent policy Given, 9.6 MB scanned by Athena

            Zone     Table                     Rows     Size  Files    Time
            landing  customer_landing           957   264 KB      1  0.25 s
            trusted  customer_trusted           482  41.0 KB      1  0.10 s
            curated  machine_learning_curated   401   999 KB      2  0.30 s

            Left out of       Because              Rows
            customer_trusted  no research consent   474

            Rejected lines of                          Because            Lines
            s3://lake/customer/landing/customers.json  not a JSON object      1
            Note on customer_landing: column "shoeSize" is not known

            Audit                                              Rows checked
            Every row belongs to somebody who agreed  ✓ holds           883

            Lake      .stedi/lake/stedi-lake
            Temporal  127.0.0.1:7233, workflow stedi-lakehouse, run 0198-run
            Logs      .stedi/logs

            What to type next
              stedi tables
              stedi sql "select * from machine_learning_curated limit 5"
              stedi --consent AtReading

            """);
    }

    [Fact]
    public void Write_WhenSuperseded_SaysSo()
    {
        var report = SampleReport.Create();

        Render(report with { Snapshot = report.Snapshot with { Outcome = PublishOutcome.Superseded } })
            .ShouldContain("Not published: a newer run published first");
    }

    [Fact]
    public void Write_WhenNothingWasRejected_SaysSoInOneLine()
    {
        var report = SampleReport.Create();

        Render(report with { Landing = [report.Landing[0] with { Rejections = [], Notes = [] }] }).ShouldContain("No line was rejected.");
    }

    [Fact]
    public void Write_WhenPeopleAreWithheld_SaysSoInTheFirstLine()
    {
        var report = SampleReport.Create() with { Withheld = [new("customer_trusted", "consent record unreadable", 1), new("customer_trusted", "undated withdrawal", 2)] };

        Render(report).ShouldStartWith("\n3 people are withheld, because their consent is in doubt (consent record unreadable: 1, undated withdrawal: 2); `stedi quarantine list 0198-run` lists the lines\nPublished snapshot 3");
    }

    [Fact]
    public void Write_WithOtherLinesAndFiles_CountsAndNamesThem()
    {
        var report = SampleReport.Create();
        var source = report.Landing[0] with
        {
            Blank = 1200,
            Cleared = 1,
            DroppedValues = 2,
            DamagedTexts = 1,
            SkippedFiles = new(5, ["_a", "_b", "_c", "_d"]),
            LateFiles = new(1, ["late.json"]),
        };

        var text = Render(report with { Landing = [source] });

        text.ShouldContain("Also in customer_landing: 1,200 blank lines, 1 cleared line, 2 dropped values, 1 damaged text\n");
        text.ShouldContain("Skipped, because a name begins with _ or .: _a, _b, _c and 2 more\n");
        text.ShouldContain("Arrived while customer_landing was read: late.json\n");
    }

    [Theory]
    [InlineData("ambiguous device", true)]
    [InlineData("unknown device", false)]
    public void Write_WhenEveryDeviceIsClaimedBySeveralPeople_SaysSo(string reason, bool says)
    {
        var report = SampleReport.Create();

        Render(report with { Tables = [report.Tables[0] with { Table = "step_trainer_trusted", Rows = 0 }], LeftOut = [new("step_trainer_trusted", reason, 15)] })
            .Contains("Every device that readings came from is claimed by several people.", StringComparison.Ordinal).ShouldBe(says);
    }

    [Fact]
    public void Write_WithManyRejections_ListsTheTenLargest()
    {
        var report = SampleReport.Create();
        var many = Enumerable.Range(1, 12).Select(i => new RejectedLines($"s3://lake/f{i:00}", "x is missing", i)).ToList();

        var text = Render(report with { Landing = [report.Landing[0] with { Rejections = many }] });

        text.ShouldContain("s3://lake/f12");
        text.ShouldNotContain("s3://lake/f02");
        text.ShouldContain("and 3 more lines in 2 other places; --json lists all");
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 KB")]
    [InlineData(99_949, "99.9 KB")]
    [InlineData(99_950, "100 KB")]
    [InlineData(999_499, "999 KB")]
    [InlineData(999_500, "1.0 MB")]
    [InlineData(10_500_000, "10.5 MB")]
    public void Bytes_AreFormattedWithThreeDigits(long bytes, string text) => NumberFormat.Bytes(bytes).ShouldBe(text);

    private static string Render(LakehouseReport report)
    {
        var output = new StringWriter();
        new ReportView(new Terminal(output, TextWriter.Null).Results).Write(report, Places);
        return string.Join('\n', output.ToString().Split('\n').Select(line => line.TrimEnd()));
    }
}
