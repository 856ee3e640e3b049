using Stedi.DevStack.Landing;
using Stedi.DevStack.Landing.Expectations;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>Row counts on generated data, compared with those that the generator expects.</summary>
public sealed class GeneratedDataTests
{
    [Theory]
    [InlineData(ConsentPolicy.Given)]
    [InlineData(ConsentPolicy.AtReading)]
    public async Task Run_OnGeneratedData_ProducesTheExpectedRows(ConsentPolicy policy)
    {
        await using var stack = await InProcessStack.StartAsync();
        var truth = await stack.LandGeneratedAsync(new() { Seed = 7, Scale = 0.1 });
        var expected = policy == ConsentPolicy.Given ? truth.Given : truth.AtReading;

        var report = await stack.RunAsync(new() { ConsentPolicy = policy });

        report.Tables.Select(table => (table.Table, table.Rows)).ShouldBe(
        [
            ("customer_trusted", expected.CustomerTrusted),
            ("accelerometer_trusted", expected.AccelerometerTrusted),
            ("customers_curated", expected.CustomersCurated),
            ("step_trainer_trusted", expected.StepTrainerTrusted),
            ("machine_learning_curated", expected.MachineLearningCurated),
        ]);
        report.LeftOut.ToDictionary(left => new Exclusion(left.Table, left.Reason), left => left.Rows).ShouldBe(expected.LeftOut, ignoreOrder: true);
        (await stack.CountAsync("SELECT count(*) AS n FROM step_trainer_trusted s JOIN accelerometer_trusted a ON a.\"timestamp\" = s.sensorreadingtime"))
            .ShouldBe(expected.TimestampOnlyJoin);
    }

    [Theory]
    [MemberData(nameof(LandingVersion.All), MemberType = typeof(LandingVersion))]
    public async Task Run_OnAnotherVersionOfGeneratedData_ProducesTheSameRows(string version)
    {
        using var generated = new TempFolder();
        using var rewritten = new TempFolder();
        var expected = (await LandingGenerator.WriteAsync(generated.Path, new() { Seed = 7, Scale = 0.02 })).Given;
        LandingVersion.Write(version, generated.Path, rewritten.Path);
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandAsync(rewritten.Path);

        var report = await stack.RunAsync();

        report.Tables.Select(table => table.Rows).ShouldBe(
            [expected.CustomerTrusted, expected.AccelerometerTrusted, expected.CustomersCurated, expected.StepTrainerTrusted, expected.MachineLearningCurated]);
        report.Landing.Sum(source => source.Rejected).ShouldBe(0);
    }
}
