using Spectre.Console;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>Shows a progress bar on interactive terminals.</summary>
internal static class ProgressBar
{
    // Shorter work shows no bar.
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs <paramref name="work"/>, which reports progress by calling its argument with the amount done and the total.</summary>
    public static async Task<T> ShowAsync<T>(Terminal terminal, string name, TimeProvider time, Func<Action<long, long>, Task<T>> work)
    {
        var progress = (Done: 0L, Total: 1L);
        var changing = new Lock();
        var working = work((done, total) =>
        {
            lock (changing)
            {
                progress = (done, Math.Max(1, total));
            }
        });
        if (!terminal.IsLive || await Task.WhenAny(working, Task.Delay(Delay, time)) == working)
        {
            return await working;
        }

        var columns = new ProgressColumn[] { new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn() };
        return await terminal.Status.Progress().AutoClear(true).Columns(columns).StartAsync(async context =>
        {
            var bar = context.AddTask(name);
            while (await Task.WhenAny(working, Task.Delay(TimeSpan.FromMilliseconds(100), time)) != working)
            {
                lock (changing)
                {
                    bar.MaxValue(progress.Total).Value(progress.Done);
                }
            }

            return await working;
        });
    }
}
