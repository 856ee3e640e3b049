using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>The row counts that the published data set must give, under both policies.</summary>
public sealed class PublishedDataTests
{
    private const string Absent = "The published data set is not beside this checkout (../shared/data/stedi).";

    [Theory]
    [InlineData(ConsentPolicy.Given, 482, 40_981, 482, 14_460, 40_981)]
    [InlineData(ConsentPolicy.AtReading, 482, 32_025, 464, 11_297, 32_025)]
    public async Task Run_OnThePublishedData_ProducesExactlyWhatConsentAllows(
        ConsentPolicy policy, long customerTrusted, long accelerometerTrusted, long customersCurated, long stepTrainerTrusted, long machineLearningCurated)
    {
        await using var stack = await StartAsync();

        var report = await stack.RunAsync(new() { ConsentPolicy = policy });

        report.Snapshot.Outcome.ToString().ShouldBe("Published");
        report.Landing.ToDictionary(source => source.Table, source => source.Rows).ShouldBe(new Dictionary<string, long>
        {
            ["customer_landing"] = 956,
            ["accelerometer_landing"] = 81_273,
            ["step_trainer_landing"] = 28_680,
        }, ignoreOrder: true);
        report.Tables.Select(table => (table.Table, table.Rows)).ShouldBe(
        [
            ("customer_trusted", customerTrusted),
            ("accelerometer_trusted", accelerometerTrusted),
            ("customers_curated", customersCurated),
            ("step_trainer_trusted", stepTrainerTrusted),
            ("machine_learning_curated", machineLearningCurated),
        ]);
        foreach (var table in report.Tables)
        {
            (await stack.CountAsync($"SELECT count(*) AS n FROM {table.Table}")).ShouldBe(table.Rows, table.Table);
        }
    }

    [Theory]
    [MemberData(nameof(LandingVersion.All), MemberType = typeof(LandingVersion))]
    public async Task Run_OnAnotherVersionOfThePublishedData_ProducesTheSameRows(string version)
    {
        var data = PublishedData.Directory;
        Assert.SkipWhen(data is null, Absent);
        using var folder = new TempFolder();
        LandingVersion.Write(version, data!, folder.Path);
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandAsync(folder.Path);

        var report = await stack.RunAsync();

        report.Tables.Select(table => table.Rows).ShouldBe([482, 40_981, 482, 14_460, 40_981]);
        report.Landing.Sum(source => source.Rejected).ShouldBe(0);
    }

    [Fact]
    public async Task JoinOnTheTimestampAlone_OnThePublishedData_Pairs2700ReadingsOfDifferentPeople()
    {
        await using var stack = await StartAsync();

        await stack.RunAsync();

        (await stack.CountAsync("SELECT count(*) AS n FROM step_trainer_trusted s JOIN accelerometer_trusted a ON a.\"timestamp\" = s.sensorreadingtime")).ShouldBe(43_681);
        (await stack.CountAsync("SELECT count(*) AS n FROM machine_learning_curated")).ShouldBe(40_981);
    }

    [Fact]
    public async Task LandingTables_OnThePublishedData_AnswerTheReferenceQueries()
    {
        await using var stack = await StartAsync();

        await stack.RunAsync();

        (await stack.CountAsync("SELECT count(DISTINCT email) AS n FROM customer_landing")).ShouldBe(956);
        (await stack.CountAsync("SELECT count(*) AS n FROM customer_landing WHERE sharewithresearchasofdate IS NULL")).ShouldBe(474);
        (await stack.CountAsync(
            """
            SELECT count(*) AS n
            FROM customer_landing c
            JOIN accelerometer_landing a ON a."user" = c.email
            JOIN step_trainer_landing s ON s.serialnumber = c.serialnumber AND s.sensorreadingtime = a."timestamp"
            """)).ShouldBe(81_273);
    }

    private static async Task<InProcessStack> StartAsync()
    {
        var data = PublishedData.Directory;
        Assert.SkipWhen(data is null, Absent);
        var stack = await InProcessStack.StartAsync();
        await stack.LandAsync(data!);
        return stack;
    }
}
