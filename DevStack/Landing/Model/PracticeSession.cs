namespace Stedi.DevStack.Landing.Model;

/// <summary>One person's practice: thirty instants at which the device measured, some of them shared with other people.</summary>
internal sealed class PracticeSession
{
    public const int Readings = 30;

    /// <summary>Share of the instants at which another person's device measured too.</summary>
    private const double Shared = 0.055;

    public required long Start { get; init; }

    /// <summary>Milliseconds from the first instant to the last.</summary>
    public required int Length { get; init; }

    /// <summary>When the device measured, newest first, each once.</summary>
    public required IReadOnlyList<long> Instants { get; init; }

    /// <param name="random">Source of randomness.</param>
    /// <param name="earliest">The cohort's first possible instant.</param>
    /// <param name="taken">Instants of the cohort's earlier sessions; this session's are added.</param>
    public static PracticeSession Create(SeededRandom random, long earliest, SortedSet<long> taken)
    {
        var cadence = random.NextInt32(2_000, 4_500);
        var start = earliest + random.NextInt32(0, 1_200_000);
        var instants = new SortedSet<long>();
        for (var tick = 0; instants.Count < Readings; tick++)
        {
            if (random.NextBoolean(0.5))
            {
                var instant = start + ((long)tick * cadence);
                instants.Add(random.NextBoolean(Shared) ? NextOf(taken, instant, cadence) : instant);
            }
        }

        taken.UnionWith(instants);
        return new() { Start = instants.Min, Length = (int)(instants.Max - instants.Min) + 1, Instants = [.. instants.Reverse()] };
    }

    private static long NextOf(SortedSet<long> taken, long instant, int within) =>
        taken.GetViewBetween(instant, instant + within - 1) is { Count: > 0 } near ? near.Min : instant;
}
