namespace Stedi.DevStack.Landing.Model;

/// <summary>Generates readings of the two sensors.</summary>
internal static class SensorReadings
{
    private const int MaxRowsPerInstant = 6;
    private const int Poses = 18;

    /// <summary>Distributes rows over instants, at least one and at most six for each.</summary>
    public static int[] Distribute(int rows, int instants, SeededRandom random)
    {
        var counts = new int[instants];
        Array.Fill(counts, 1);
        for (var left = rows - instants; left > 0;)
        {
            var at = random.NextInt32(0, instants);
            if (counts[at] < MaxRowsPerInstant)
            {
                counts[at]++;
                left--;
            }
        }

        return counts;
    }

    /// <summary>Distinct readings of one person at one instant.</summary>
    public static IEnumerable<AppReading> CreateAppReadings(string user, long time, int rows, SeededRandom random)
    {
        // A step that is coprime with the number of poses visits each pose once.
        var pose = random.NextInt32(0, Poses);
        var step = random.Pick([1, 5, 7, 11, 13, 17]);
        for (var row = 0; row < rows; row++, pose = (pose + step) % Poses)
        {
            yield return new(user, time, (sbyte)((pose % 3) - 1), (sbyte)((pose / 3 % 3) - 1), (sbyte)(-(pose / 9)));
        }
    }

    public static StepReading CreateStepReading(string serialNumber, long time, SeededRandom random) => new(serialNumber, time, random.NextInt32(200, 300));
}
