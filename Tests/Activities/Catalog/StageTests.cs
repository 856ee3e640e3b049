using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Tests.Catalog;

/// <summary>Staging and quarantine over files with every kind of line: the same lines are rejected by both.</summary>
public sealed class StageTests(LocalLakes lakes)
{
    private static readonly string[] Accepted =
    [
        """{"user":"jane@x","timestamp":1,"x":1.5,"y":2,"z":-3}""",
        """{"USER":"Amy@x","timeStamp":"2","x":0,"y":0,"z":0,"extra":1}""",
    ];

    /// <summary>A line, why staging rejects it, and what quarantine says of it.</summary>
    private static readonly (string Line, string Staged, string Quarantined)[] Rejected =
    [
        ("""{"user":"u","timestamp":"noon","x":1,"y":1,"z":1}""", "timestamp does not fit bigint", "timestamp does not fit bigint"),
        ("""{"user":"u","timestamp":9223372036854775808,"x":1,"y":1,"z":1}""", "timestamp does not fit bigint", "timestamp does not fit bigint"),
        ("""{"timestamp":1,"x":1,"y":1,"z":1}""", "no user", "no user"),
        ("""{"user":"  ","timestamp":1,"x":1,"y":1,"z":1}""", "no user", "no user"),
        ("""{"user":null,"timestamp":1,"x":1,"y":1,"z":1}""", "no user", "no user"),
        ("""{"user":"u","timestamp":1,"x":1,"y":1}""", "no z", "no z"),
        ("""{"user":"u","timestamp":1,"x":"NaN","y":1,"z":1}""", "x is not a finite number", "x does not fit double"),
        ("""{"user":"u","timestamp":1,"x":1,"y":"up","z":1}""", "y does not fit double", "y does not fit double"),
        ("not a document", "not a JSON object with known fields", "not a JSON object"),
        ("[1]", "not a JSON object with known fields", "not a JSON object"),
    ];

    [Fact]
    public async Task Stage_WithGoodAndBadLines_TypesTheGoodAndNamesWhatIsWrongWithTheBad()
    {
        var lake = await LandAsync();

        var staged = await StageAsync(lake, Guid.NewGuid());

        staged.Accepted.ShouldBe(2);
        staged.Rejected.ShouldBe(Rejected.Length);
        staged.Rejections.ShouldBe(
            Rejected.GroupBy(line => line.Staged).Select(reason => new RejectedLines($"s3://{lake.Options.Bucket}/accelerometer/landing/1.json", reason.Key, reason.Count())),
            ignoreOrder: true);
        staged.Rejections[0].Lines.ShouldBe(3);
        staged.Data.Rows.ShouldBe(2 + Rejected.Length);
        staged.Data.Table.ShouldBe("accelerometer_staged");
        var rows = await lake.QueryAsync(
            $"SELECT \"user\", \"timestamp\", x, y, z, source_file FROM {SqlNames.Qualified(lake.Options.WorkDatabase, staged.Data.WorkTable)} WHERE rejected_reason IS NULL",
            "user", "timestamp", "x", "y", "z", "source_file");
        var file = $"s3://{lake.Options.Bucket}/accelerometer/landing/1.json";
        rows.ShouldBe([$"jane@x|1|1.5|2.0|-3.0|{file}", $"Amy@x|2|0.0|0.0|0.0|{file}"], ignoreOrder: true);
    }

    [Fact]
    public async Task Stage_WhenAnAttemptFollowsOneThatDied_FindsItsQueryAgain()
    {
        var lake = await LandAsync();
        var step = Guid.NewGuid();

        var first = await StageAsync(lake, step);
        var again = await StageAsync(lake, step);
        var other = await StageAsync(lake, Guid.NewGuid());

        again.Data.QueryId.ShouldBe(first.Data.QueryId);
        again.Data.Rows.ShouldBe(first.Data.Rows);
        other.Data.QueryId.ShouldNotBe(first.Data.QueryId);
    }

    [Fact]
    public async Task Quarantine_WithRejectedLines_KeepsTheirTextAndReason()
    {
        var lake = await LandAsync();
        var staged = await StageAsync(lake, Guid.NewGuid());

        var kept = await lake.InActivityAsync((ICatalogActivities catalog) => catalog.QuarantineAsync(new(lake.Run, Guid.NewGuid(), staged)));

        kept.Lines.ShouldBe(Rejected.Length);
        kept.Location.ShouldStartWith($"s3://{lake.Options.Bucket}/quarantine/accelerometer_rejected/run={lake.Run.Id}/");
        var table = SqlNames.Qualified(lake.Options.WorkDatabase, SqlNames.WorkTable("accelerometer_rejected", lake.Run));
        (await lake.QueryAsync($"SELECT line, reason FROM {table}", "line", "reason"))
            .ShouldBe(Rejected.Select(line => $"{line.Line}|{line.Quarantined}"), ignoreOrder: true);
    }

    private async Task<TestLake> LandAsync()
    {
        var lake = await lakes.NewAsync();
        await lake.PutAsync("accelerometer/landing/1.json", string.Concat(Accepted.Concat(Rejected.Select(line => line.Line)).Select(line => line + "\n")) + "\n  \n");
        return lake;
    }

    private static Task<StagedSource> StageAsync(TestLake lake, Guid step) =>
        lake.InActivityAsync((ICatalogActivities catalog) => catalog.StageAsync(new(lake.Run, step, Source(lake))));

    private static CrawledSource Source(TestLake lake) => new()
    {
        Source = LandingSources.Accelerometer,
        Table = "accelerometer_landing",
        Location = $"s3://{lake.Options.Bucket}/accelerometer/landing/",
        Files = 1,
        Bytes = 1,
        Seconds = 0,
        Notes = [],
    };
}
