namespace Stedi.DevStack.Landing.Model;

/// <summary>Invents what the two sensors read.</summary>
internal static class SensorReadings
{
    private const int MostRowsAnInstant = 6;
    private const int Poses = 18;

    /// <summary>Spreads rows over instants: one each at least, six at most.</summary>
    public static int[] Distribute(int rows, int instants, SeededRandom dice)
    {
        var counts = new int[instants];
        Array.Fill(counts, 1);
        for (var left = rows - instants; left > 0;)
        {
            var at = dice.NextInt32(0, instants);
            if (counts[at] < MostRowsAnInstant)
            {
                counts[at]++;
                left--;
            }
        }

        return counts;
    }

    /// <summary>Readings of one person at one instant, no two alike.</summary>
    public static IEnumerable<AppReading> CreateAppReadings(string user, long time, int rows, SeededRandom dice)
    {
        // Steps that are coprime with the number of poses visit each pose once.
        var pose = dice.NextInt32(0, Poses);
        var step = dice.Pick([1, 5, 7, 11, 13, 17]);
        for (var row = 0; row < rows; row++, pose = (pose + step) % Poses)
        {
            yield return new(user, time, (sbyte)((pose % 3) - 1), (sbyte)((pose / 3 % 3) - 1), (sbyte)(-(pose / 9)));
        }
    }

    public static StepReading CreateStepReading(string serialNumber, long time, SeededRandom dice) => new(serialNumber, time, dice.NextInt32(200, 300));
}
