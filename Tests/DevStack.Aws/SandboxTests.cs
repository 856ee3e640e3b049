using System.Diagnostics;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

public sealed class SandboxTests
{
    private const string Endless = "SELECT count(*) FROM range(10000) a, range(10000) b, range(10000) c WHERE (a.range + b.range + c.range) % 2 = 0";

    [Fact]
    public async Task Interrupt_AtAnyMomentOfAStatement_EndsIt()
    {
        using var folder = new TempFolder();
        // DuckDB needs some milliseconds to plan a statement, and forgets an interrupt that comes then.
        for (var moment = TimeSpan.Zero; moment < TimeSpan.FromMilliseconds(15); moment += TimeSpan.FromMilliseconds(0.5))
        {
            using var sandbox = new Sandbox(folder.Path, Directory.CreateTempSubdirectory("stedi-sandbox-").FullName, threads: 1, memoryMiB: 256);
            var query = Task.Run(() => sandbox.Query(Endless, row => row.GetInt64(0)), TestContext.Current.CancellationToken);
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < moment;)
            {
                Thread.SpinWait(100);
            }

            sandbox.Interrupt();

            await Should.ThrowAsync<OperationCanceledException>(() => query.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), $"{moment}");
        }
    }
}
