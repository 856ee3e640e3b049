using System.Diagnostics;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>One run that is killed several times, is restarted each time, and finally completes.</summary>
/// <param name="unkilled">The expected outcome of the run.</param>
/// <param name="folder">The folder in which it runs.</param>
internal sealed class KillScenario(UninterruptedRun unkilled, KillFolder folder)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>Kills at each point in turn. Points that are not reached are skipped.</summary>
    public async Task<KillOutcome> RunAsync(IReadOnlyList<KillPoint> points, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Deadline);
        var earlier = folder.ReadLog()?.Current.RunId;
        var steps = new RunSteps(folder.Stack, earlier, unkilled.Durations);
        var observer = new SnapshotObserver(folder, unkilled.Tables);
        observer.Start();
        var kills = new List<KillPoint>();
        var recovery = Stopwatch.StartNew();
        await using (observer)
        {
            foreach (var point in points)
            {
                await using var program = StediProgram.Start(folder.Path);
                if (await steps.ReachAsync(program, point, limited.Token))
                {
                    await program.KillAsync(limited.Token);
                    kills.Add(point);
                }
                else if (await program.EndAsync(limited.Token) is not 0 and var code)
                {
                    throw new InvalidOperationException($"Ended with {code} before {point}:\n{program.Error}");
                }
            }

            recovery.Restart();
            await using var last = StediProgram.Start(folder.Path);
            (await last.EndAsync(limited.Token)).ShouldBe(0, $"After kills at {string.Join(", ", kills)}:\n{last.Error}");
        }

        return new(kills, recovery.Elapsed, [.. observer.Faults, .. await folder.FindLeftoversAsync(cancellationToken), .. unkilled.DifferencesIn(folder)], observer.Observations);
    }
}

/// <summary>The outcome of a run that was killed.</summary>
/// <param name="Kills">The points at which it was killed.</param>
/// <param name="Recovery">The time from the restart after the last kill to the end.</param>
/// <param name="Faults">Everything that was observed, left behind or published wrongly.</param>
/// <param name="Observations">How often the reader saw a snapshot, and a table of the catalogue.</param>
internal sealed record KillOutcome(IReadOnlyList<KillPoint> Kills, TimeSpan Recovery, IReadOnlyList<string> Faults, (int Snapshots, int Tables) Observations);

/// <summary>When during a step the program is killed.</summary>
internal enum Moment
{
    Start,
    Middle,
    End,
}

/// <summary>An instant at which the program is killed.</summary>
internal abstract record KillPoint
{
    /// <summary>Relative to an attempt of a step in the process that is killed.</summary>
    /// <param name="Step">The activity's type.</param>
    /// <param name="Moment">When in the attempt.</param>
    public sealed record InStep(string Step, Moment Moment) : KillPoint
    {
        public override string ToString() => $"{Moment} of {Step}";
    }

    /// <summary>A time after the process started.</summary>
    public sealed record After(TimeSpan Elapsed) : KillPoint
    {
        public override string ToString() => $"{Elapsed.TotalMilliseconds:F0} ms after its start";
    }
}
