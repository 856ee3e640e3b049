namespace Stedi.DevStack.Landing.Model;

/// <summary>One person's practice: thirty instants at which the device measured, some of them shared with somebody.</summary>
internal sealed class PracticeSession
{
    public const int Readings = 30;

    /// <summary>Of the device's instants, how many are somebody else's too.</summary>
    private const double Shared = 0.055;

    public required long Start { get; init; }

    /// <summary>Milliseconds from the first instant to the last.</summary>
    public required int Length { get; init; }

    /// <summary>When the device measured, newest first, each once.</summary>
    public required IReadOnlyList<long> Instants { get; init; }

    /// <param name="dice">Decides.</param>
    /// <param name="opening">The cohort's first possible instant.</param>
    /// <param name="taken">Instants of the people before; this session's are added.</param>
    public static PracticeSession Create(SeededRandom dice, long opening, SortedSet<long> taken)
    {
        var cadence = dice.NextInt32(2_000, 4_500);
        var start = opening + dice.NextInt32(0, 1_200_000);
        var instants = new SortedSet<long>();
        for (var beat = 0; instants.Count < Readings; beat++)
        {
            if (dice.NextBoolean(0.5))
            {
                var instant = start + ((long)beat * cadence);
                instants.Add(dice.NextBoolean(Shared) ? NextOf(taken, instant, cadence) : instant);
            }
        }

        taken.UnionWith(instants);
        return new() { Start = instants.Min, Length = (int)(instants.Max - instants.Min) + 1, Instants = [.. instants.Reverse()] };
    }

    private static long NextOf(SortedSet<long> taken, long instant, int within) =>
        taken.GetViewBetween(instant, instant + within - 1) is { Count: > 0 } near ? near.Min : instant;
}
