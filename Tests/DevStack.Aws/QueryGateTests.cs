using Stedi.DevStack.Aws.Athena.Executions;

namespace Stedi.DevStack.Aws.Tests;

public sealed class QueryGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task EnterExclusive_WhenOthersAreInside_WaitsForThemAndBlocksLaterOnes()
    {
        using var turns = new QueryGate(2);
        var first = await turns.EnterSharedAsync();
        var alone = turns.EnterExclusiveAsync();
        var later = turns.EnterSharedAsync();
        alone.IsCompleted.ShouldBeFalse();

        first.Dispose();
        var turn = await alone.WaitAsync(Patience, TestContext.Current.CancellationToken);
        later.IsCompleted.ShouldBeFalse();

        turn.Dispose();
        (await later.WaitAsync(Patience, TestContext.Current.CancellationToken)).Dispose();
    }

    [Fact]
    public async Task EnterExclusive_FromSeveralCallers_DoesNotDeadlock()
    {
        using var turns = new QueryGate(3);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var turn = await (i % 2 == 0 ? turns.EnterExclusiveAsync() : turns.EnterSharedAsync());
            await Task.Yield();
        })).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }
}
