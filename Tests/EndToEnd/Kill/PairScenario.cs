using System.Diagnostics;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>Which of two commands in a folder is killed.</summary>
internal enum Victim
{
    /// <summary>The one that runs the stack.</summary>
    Owner,

    /// <summary>The one that is attached to the stack.</summary>
    Attached,
}

/// <summary>What the attached command does.</summary>
internal enum Companion
{
    /// <summary>It runs a worker as well.</summary>
    Works,

    /// <summary>It follows the run only.</summary>
    Watches,
}

/// <summary>Two commands work on one run and one of them is killed. The run completes, by the other command or by a restart.</summary>
/// <param name="unkilled">The expected outcome of the run.</param>
/// <param name="folder">The folder in which it runs.</param>
internal sealed class PairScenario(UninterruptedRun unkilled, KillFolder folder)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static IReadOnlyList<(Victim Victim, Companion Companion)> All { get; } =
        [.. from victim in Enum.GetValues<Victim>() from companion in Enum.GetValues<Companion>() select (victim, companion)];

    /// <summary>Kills one of the two, a time after the second has attached.</summary>
    public async Task<KillOutcome> RunAsync(Victim victim, Companion companion, TimeSpan instant, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Deadline);
        var observer = new SnapshotObserver(folder, unkilled.Tables);
        observer.Start();
        var kills = new List<KillPoint>();
        var recovery = new Stopwatch();
        await using (observer)
        {
            await using var owner = StediProgram.Start(folder.Path);
            await owner.WaitForErrorOutputAsync("Temporal on", limited.Token);
            await using var attached = StediProgram.Start(folder.Path, companion == Companion.Works ? [] : ["run", "--wait"]);
            await attached.WaitForErrorOutputAsync("Attached to the stack", limited.Token);
            var (victimProgram, survivor) = victim == Victim.Owner ? (owner, attached) : (attached, owner);
            // The run may have ended by then, which is correct as well.
            await Task.WhenAny(Task.Delay(instant, limited.Token), victimProgram.EndAsync(limited.Token), survivor.EndAsync(limited.Token));
            if (!victimProgram.HasExited)
            {
                await victimProgram.KillAsync(limited.Token);
                kills.Add(new KillPoint.After(instant));
            }

            recovery.Start();
            var code = await survivor.EndAsync(limited.Token);
            if (victim == Victim.Attached || kills.Count == 0)
            {
                code.ShouldBe(0, survivor.Error);
            }
            else if (code != 0)
            {
                survivor.Error.ShouldContain("run the command again");
                await using var next = StediProgram.Start(folder.Path);
                (await next.EndAsync(limited.Token)).ShouldBe(0, next.Error);
            }
        }

        return new(kills, recovery.Elapsed, [.. observer.Faults, .. await folder.FindLeftoversAsync(cancellationToken), .. unkilled.DifferencesIn(folder)], observer.Observations);
    }
}
