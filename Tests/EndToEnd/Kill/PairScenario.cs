using System.Diagnostics;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>Which of two commands in a folder is killed.</summary>
internal enum Victim
{
    /// <summary>The one that runs the stack.</summary>
    Owner,

    /// <summary>The one that is attached to it.</summary>
    Attached,
}

/// <summary>What the attached command does.</summary>
internal enum Companion
{
    /// <summary>It works on the run as well.</summary>
    Works,

    /// <summary>It watches the run.</summary>
    Watches,
}

/// <summary>Two commands at one run, one of which is killed: the run completes, by the other one or when it is typed again.</summary>
/// <param name="undisturbed">What the run must come to.</param>
/// <param name="folder">Where it runs.</param>
internal sealed class PairScenario(UnkilledRun undisturbed, KillFolder folder)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static IReadOnlyList<(Victim Victim, Companion Companion)> All { get; } =
        [.. from victim in Enum.GetValues<Victim>() from companion in Enum.GetValues<Companion>() select (victim, companion)];

    /// <summary>Kills one of the two, so long after the second is attached.</summary>
    public async Task<KillOutcome> RunAsync(Victim victim, Companion companion, TimeSpan instant, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Deadline);
        var observer = new SnapshotObserver(folder, undisturbed.Tables);
        observer.Start();
        var struck = new List<KillPoint>();
        var recovery = new Stopwatch();
        await using (observer)
        {
            await using var owner = StediProgram.Start(folder.Path);
            await owner.SaysAsync("Temporal on", limited.Token);
            await using var attached = StediProgram.Start(folder.Path, companion == Companion.Works ? [] : ["run", "--wait"]);
            await attached.SaysAsync("Attached to the stack", limited.Token);
            var (dies, stays) = victim == Victim.Owner ? (owner, attached) : (attached, owner);
            // The run may be over by then: that is no less right.
            await Task.WhenAny(Task.Delay(instant, limited.Token), dies.EndAsync(limited.Token), stays.EndAsync(limited.Token));
            if (!dies.HasExited)
            {
                await dies.KillAsync(limited.Token);
                struck.Add(new KillPoint.After(instant));
            }

            recovery.Start();
            var code = await stays.EndAsync(limited.Token);
            if (victim == Victim.Attached || struck.Count == 0)
            {
                code.ShouldBe(0, stays.Error);
            }
            else if (code != 0)
            {
                stays.Error.ShouldMatch("(type the same|run the command) again");
                await using var next = StediProgram.Start(folder.Path);
                (await next.EndAsync(limited.Token)).ShouldBe(0, next.Error);
            }
        }

        return new(struck, recovery.Elapsed, [.. observer.Faults, .. await folder.FindLeftoversAsync(cancellationToken), .. undisturbed.DifferencesIn(folder)], observer.Looks);
    }
}
