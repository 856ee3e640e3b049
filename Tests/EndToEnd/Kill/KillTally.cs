using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>Judges runs that were killed, and adds them up. Whatever goes wrong, the message has the seed that repeats it.</summary>
/// <param name="name">What is counted.</param>
internal sealed class KillTally(string name)
{
    private int _kills, _runs;

    public async Task JudgeAsync(Func<Task<KillOutcome>> scenario)
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
            $"{outcome.Kills.Count} kills ({string.Join(", ", outcome.Kills)}), then {outcome.Recovery.TotalSeconds:F1} s to the end; the reader saw {outcome.Looks}");
        outcome.Faults.ShouldBeEmpty($"{TestSeed.Text}, run {_runs}, killed at {string.Join(", ", outcome.Kills)}");
        outcome.Looks.Snapshots.ShouldBeGreaterThan(0, $"{TestSeed.Text}");
    }

    /// <summary>Says in one line what was done; all of it was clean, or this is not reached.</summary>
    public void Write()
    {
        var line = $"{name}: {_kills} SIGKILLs in {_runs} runs, {_runs} completed clean ({TestSeed.Text})";
        TestContext.Current.TestOutputHelper!.WriteLine(line);
        Console.WriteLine(line);
    }
}
