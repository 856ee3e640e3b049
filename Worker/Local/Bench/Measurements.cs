using System.Diagnostics;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>The resources that this process used during a piece of work, including those of concurrent work.</summary>
/// <param name="Seconds">The elapsed time.</param>
/// <param name="CpuSeconds">The processor time of all threads.</param>
/// <param name="PeakBytes">The largest working set, sampled every few milliseconds; it includes memory in use before the work.</param>
public sealed record ResourceUse(double Seconds, double CpuSeconds, long PeakBytes);

internal static class ResourceMeter
{
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromMilliseconds(5);

    public static async Task<(T Result, ResourceUse Use)> MeasureAsync<T>(Func<Task<T>> work)
    {
        GC.Collect();
        using var ended = new CancellationTokenSource();
        var peak = Task.Run(() => PeakAsync(ended.Token));
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var result = await work();
        var seconds = watch.Elapsed.TotalSeconds;
        var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        await ended.CancelAsync();
        return (result, new(seconds, used, await peak));
    }

    private static async Task<long> PeakAsync(CancellationToken ended)
    {
        var peak = Environment.WorkingSet;
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(BetweenSamples, CancellationToken.None);
            peak = Math.Max(peak, Environment.WorkingSet);
        }

        return peak;
    }
}

internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <param name="sorted">In ascending order.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double Percentile(IReadOnlyList<double> sorted, double share) => sorted[(int)Math.Ceiling(share * (sorted.Count - 1))];
}
