using System.Diagnostics;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>One run that is killed again and again, each time typed again, and at last left alone to complete.</summary>
/// <param name="undisturbed">What the run must come to.</param>
/// <param name="folder">Where it runs.</param>
internal sealed class KillScenario(UnkilledRun undisturbed, KillFolder folder)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>Kills at each point in turn; points that never come are passed over.</summary>
    public async Task<KillOutcome> RunAsync(IReadOnlyList<KillPoint> points, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Deadline);
        var earlier = folder.ReadLog()?.Current.RunId;
        var steps = new RunSteps(folder.Stack, earlier, undisturbed.Durations);
        var observer = new SnapshotObserver(folder, undisturbed.Tables);
        observer.Start();
        var struck = new List<KillPoint>();
        var recovery = Stopwatch.StartNew();
        await using (observer)
        {
            foreach (var point in points)
            {
                await using var program = StediProgram.Start(folder.Path);
                if (await steps.ReachAsync(program, point, limited.Token))
                {
                    await program.KillAsync(limited.Token);
                    struck.Add(point);
                }
                else if (await program.EndAsync(limited.Token) is not 0 and var code)
                {
                    throw new InvalidOperationException($"Ended with {code} before {point}:\n{program.Error}");
                }
            }

            recovery.Restart();
            await using var last = StediProgram.Start(folder.Path);
            (await last.EndAsync(limited.Token)).ShouldBe(0, $"After kills at {string.Join(", ", struck)}:\n{last.Error}");
        }

        return new(struck, recovery.Elapsed, [.. observer.Faults, .. await folder.FindLeftoversAsync(cancellationToken), .. undisturbed.DifferencesIn(folder)], observer.Looks);
    }
}

/// <summary>What became of a run that was killed.</summary>
/// <param name="Kills">Where it was killed.</param>
/// <param name="Recovery">From typing the command again after the last kill to its end.</param>
/// <param name="Faults">What should not have been seen, left or made.</param>
/// <param name="Looks">How often the reader saw a snapshot, and a table of the catalogue.</param>
internal sealed record KillOutcome(IReadOnlyList<KillPoint> Kills, TimeSpan Recovery, IReadOnlyList<string> Faults, (int Snapshots, int Tables) Looks);

/// <summary>When a step is struck.</summary>
internal enum Moment
{
    Start,
    Middle,
    End,
}

/// <summary>An instant at which the program is killed.</summary>
internal abstract record KillPoint
{
    /// <summary>Relative to a step's attempt in the process that is to be killed.</summary>
    /// <param name="Step">The activity's type.</param>
    /// <param name="Moment">When in the attempt.</param>
    public sealed record InStep(string Step, Moment Moment) : KillPoint
    {
        public override string ToString() => $"{Moment} of {Step}";
    }

    /// <summary>So long after the process started.</summary>
    public sealed record After(TimeSpan Elapsed) : KillPoint
    {
        public override string ToString() => $"{Elapsed.TotalMilliseconds:F0} ms after its start";
    }
}
