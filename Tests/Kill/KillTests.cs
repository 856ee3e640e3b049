namespace Stedi.Temporal.Tests.Kill;

/// <summary>
/// SIGKILL, at every step and at any instant. A sample runs always; STEDI_KILL_SEED repeats one, STEDI_KILL_SWEEP=1 runs
/// every step's start, middle and end, and a hundred random instants.
/// </summary>
[Collection("The built program")]
public sealed class KillTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    static readonly bool isSweep = Environment.GetEnvironmentVariable("STEDI_KILL_SWEEP") == "1";

    static readonly int seed = Environment.GetEnvironmentVariable("STEDI_KILL_SEED") is { } given ? int.Parse(given) : Random.Shared.Next(100_000);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_killed_at_the_start_middle_and_end_of_a_step_completes_as_if_it_had_not_been()
    {
        var steps = undisturbed.Durations.Keys.Order(StringComparer.Ordinal).ToArray();
        steps.Length.ShouldBeGreaterThan(12);
        var struck = isSweep ? steps : new Random(seed).GetItems(steps, 1);
        foreach (var step in struck)
        {
            using var folder = undisturbed.Folder.Copy();
            Judge(await new KillScenario(undisturbed, folder).RunAsync([.. Enum.GetValues<Moment>().Select(moment => new KillPoint.InStep(step, moment))], Token));
        }
    }

    [Fact]
    public async Task A_run_killed_at_random_instants_completes_as_if_it_had_not_been()
    {
        var random = new Random(seed);
        for (var run = 0; run < (isSweep ? 33 : 1); run++)
        {
            using var folder = run % 2 == 0 ? new KillFolder() : undisturbed.Folder.Copy();
            KillPoint[] points = [.. Enumerable.Range(0, 3).Select(_ => new KillPoint.After(undisturbed.Took * random.NextDouble()))];
            Judge(await new KillScenario(undisturbed, folder).RunAsync(points, Token));
        }
    }

    void Judge(KillOutcome outcome)
    {
        TestContext.Current.SendDiagnosticMessage(
            $"{outcome.Kills.Count} kills ({string.Join(", ", outcome.Kills)}), then {outcome.Recovery.TotalSeconds:F1} s to the end (undisturbed {undisturbed.Took.TotalSeconds:F1} s); the reader saw {outcome.Looks}");
        outcome.Looks.Snapshots.ShouldBeGreaterThan(0);
        outcome.Faults.ShouldBeEmpty($"STEDI_KILL_SEED={seed}, killed at {string.Join(", ", outcome.Kills)}");
    }
}
