using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>Checks and counts runs that were killed. The message of every failure has the seed that repeats it.</summary>
/// <param name="name">What is counted.</param>
internal sealed class KillTally(string name)
{
    private int _kills, _runs;

    public async Task CheckAsync(Func<Task<KillOutcome>> scenario)
    {
        _runs++;
        KillOutcome outcome;
        try
        {
            outcome = await scenario();
        }
        catch (Exception e) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{TestSeed.Text}, run {_runs}: {(e is OperationCanceledException ? "it did not end in time" : e.Message)}", e);
        }

        _kills += outcome.Kills.Count;
        TestContext.Current.SendDiagnosticMessage(
            $"{outcome.Kills.Count} kills ({string.Join(", ", outcome.Kills)}), then {outcome.Recovery.TotalSeconds:F1} s to the end; the reader saw {outcome.Observations}");
        outcome.Faults.ShouldBeEmpty($"{TestSeed.Text}, run {_runs}, killed at {string.Join(", ", outcome.Kills)}");
        outcome.Observations.Snapshots.ShouldBeGreaterThan(0, $"{TestSeed.Text}");
    }

    /// <summary>Writes the totals in one line. It is reached only if all runs completed cleanly.</summary>
    public void Write()
    {
        var line = $"{name}: {_kills} SIGKILLs in {_runs} runs, {_runs} completed clean ({TestSeed.Text})";
        TestContext.Current.TestOutputHelper!.WriteLine(line);
        Console.WriteLine(line);
    }
}
