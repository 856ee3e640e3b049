using Stedi.DevStack.Aws.Athena.Executions;

namespace Stedi.DevStack.Aws.Tests;

public sealed class QueryTurnsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task One_alone_waits_for_those_before_it_and_holds_off_those_after()
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
    public async Task Two_that_want_to_be_alone_do_not_wait_for_each_other_for_ever()
    {
        using var turns = new QueryGate(3);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var turn = await (i % 2 == 0 ? turns.EnterExclusiveAsync() : turns.EnterSharedAsync());
            await Task.Yield();
        })).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }
}
