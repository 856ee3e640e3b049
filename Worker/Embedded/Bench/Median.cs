namespace Stedi.Temporal.Worker.Embedded.Bench;

static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <param name="sorted">In ascending order.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double Percentile(IReadOnlyList<double> sorted, double share) => sorted[(int)Math.Ceiling(share * (sorted.Count - 1))];
}
