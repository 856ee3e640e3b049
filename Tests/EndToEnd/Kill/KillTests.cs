using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>
/// SIGKILL, at every step and at any instant. A sample runs always; <see cref="TestSeed"/> sets another one, STEDI_KILL_SWEEP=1 runs
/// every step's start, middle and end, a hundred random instants, and each way of two commands at work.
/// </summary>
[Collection("The built program")]
public sealed class KillTests(UnkilledRun undisturbed) : IClassFixture<UnkilledRun>
{
    private static readonly bool IsSweep = Environment.GetEnvironmentVariable("STEDI_KILL_SWEEP") == "1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WhenKilledAtStartMiddleAndEndOfAStep_CompletesLikeAnUnkilledRun()
    {
        var steps = undisturbed.Durations.Keys.Order(StringComparer.Ordinal).ToArray();
        steps.Length.ShouldBeGreaterThan(12);
        var tally = new KillTally("Kills within steps");
        foreach (var step in IsSweep ? steps : TestSeed.NewRandom().GetItems(steps, 1))
        {
            using var folder = undisturbed.Folder.Copy();
            await tally.JudgeAsync(() => new KillScenario(undisturbed, folder).RunAsync([.. Enum.GetValues<Moment>().Select(moment => new KillPoint.InStep(step, moment))], Token));
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
            using var folder = run % 2 == 0 ? new KillFolder() : undisturbed.Folder.Copy();
            KillPoint[] points = [.. Enumerable.Range(0, 3).Select(_ => new KillPoint.After(undisturbed.Took * random.NextDouble()))];
            await tally.JudgeAsync(() => new KillScenario(undisturbed, folder).RunAsync(points, Token));
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
            using var folder = undisturbed.Folder.Copy();
            var instant = undisturbed.Took * random.NextDouble();
            await tally.JudgeAsync(() => new PairScenario(undisturbed, folder).RunAsync(victim, companion, instant, Token));
        }

        tally.Write();
    }
}
