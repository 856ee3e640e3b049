using Spectre.Console;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>A bar for work that a person waits for; nothing where nobody looks.</summary>
internal static class ProgressBar
{
    // Whoever waits for less needs no bar.
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    /// <summary>Does the work, which says how far it has come by calling what it is given with what is done and what is to do.</summary>
    public static async Task<T> ShowAsync<T>(Terminal terminal, string name, TimeProvider time, Func<Action<long, long>, Task<T>> work)
    {
        var far = (Done: 0L, Of: 1L);
        var changing = new Lock();
        var working = work((done, of) =>
        {
            lock (changing)
            {
                far = (done, Math.Max(1, of));
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
                    bar.MaxValue(far.Of).Value(far.Done);
                }
            }

            return await working;
        });
    }
}
