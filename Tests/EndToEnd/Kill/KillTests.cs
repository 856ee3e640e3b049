using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>
/// SIGKILL at steps and at random instants. By default a sample runs, which <see cref="TestSeed"/> changes. STEDI_KILL_SWEEP=1 runs
/// the start, middle and end of every step, a hundred random instants, and every combination of two commands.
/// </summary>
[Collection("The built program")]
public sealed class KillTests(UninterruptedRun unkilled) : IClassFixture<UninterruptedRun>
{
    private static readonly bool IsSweep = Environment.GetEnvironmentVariable("STEDI_KILL_SWEEP") == "1";

    [Fact]
    public async Task Run_WhenKilledAtStartMiddleAndEndOfAStep_CompletesLikeAnUnkilledRun()
    {
        var steps = unkilled.Durations.Keys.Order(StringComparer.Ordinal).ToArray();
        steps.Length.ShouldBeGreaterThan(12);
        var tally = new KillTally("Kills within steps");
        foreach (var step in IsSweep ? steps : TestSeed.NewRandom().GetItems(steps, 1))
        {
            using var folder = unkilled.Folder.Copy();
            await tally.CheckAsync(() => new KillScenario(unkilled, folder).RunAsync([.. Enum.GetValues<Moment>().Select(moment => new KillPoint.InStep(step, moment))], Token));
        }

        tally.Write();
    }

    [Fact]
    public async Task Run_WhenKilledAtRandomInstants_CompletesLikeAnUnkilledRun()
    {
        var random = TestSeed.NewRandom();
        var tally = new KillTally("Kills at random instants");
        for (var run = 0; run < (IsSweep ? 33 : 1); run++)
        {
            using var folder = run % 2 == 0 ? new KillFolder() : unkilled.Folder.Copy();
            KillPoint[] points = [.. Enumerable.Range(0, 3).Select(_ => new KillPoint.After(unkilled.Took * random.NextDouble()))];
            await tally.CheckAsync(() => new KillScenario(unkilled, folder).RunAsync(points, Token));
        }

        tally.Write();
    }

    [Fact]
    public async Task Run_WhenOneOfTwoCommandsIsKilled_CompletesLikeAnUnkilledRun()
    {
        var random = TestSeed.NewRandom();
        var tally = new KillTally("Kills of one of two commands");
        foreach (var (victim, companion) in IsSweep ? PairScenario.All : random.GetItems([.. PairScenario.All], 1))
        {
            using var folder = unkilled.Folder.Copy();
            var instant = unkilled.Took * random.NextDouble();
            await tally.CheckAsync(() => new PairScenario(unkilled, folder).RunAsync(victim, companion, instant, Token));
        }

        tally.Write();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
