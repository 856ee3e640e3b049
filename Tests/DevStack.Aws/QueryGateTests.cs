using Stedi.DevStack.Aws.Athena.Executions;

namespace Stedi.DevStack.Aws.Tests;

public sealed class QueryGateTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task EnterExclusive_WhenOthersAreInside_WaitsForThemAndBlocksLaterOnes()
    {
        using var gate = new QueryGate(2);
        var first = await gate.EnterSharedAsync();
        var exclusive = gate.EnterExclusiveAsync();
        var later = gate.EnterSharedAsync();
        exclusive.IsCompleted.ShouldBeFalse();

        first.Dispose();
        var entry = await exclusive.WaitAsync(Timeout, TestContext.Current.CancellationToken);
        later.IsCompleted.ShouldBeFalse();

        entry.Dispose();
        (await later.WaitAsync(Timeout, TestContext.Current.CancellationToken)).Dispose();
    }

    [Fact]
    public async Task EnterExclusive_FromSeveralCallers_DoesNotDeadlock()
    {
        using var gate = new QueryGate(3);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var entry = await (i % 2 == 0 ? gate.EnterExclusiveAsync() : gate.EnterSharedAsync());
            await Task.Yield();
        })).WaitAsync(Timeout, TestContext.Current.CancellationToken);
    }
}
