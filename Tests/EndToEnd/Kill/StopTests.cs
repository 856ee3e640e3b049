using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>Stopping the program by a signal, and killing the process whose stack another one uses.</summary>
[Collection("The built program")]
public sealed class StopTests : IDisposable
{
    private readonly KillFolder _folder = new();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Signal_DuringARun_StopsTheProgramAndTheNextCommandContinuesTheRun(string signal)
    {
        await using (var stopped = StediProgram.Start(_folder.Path))
        {
            await stopped.WaitForErrorOutputAsync("Crawl", Token);
            await stopped.SignalAsync(signal, Token);

            (await stopped.EndAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBe(130, stopped.Error);

            stopped.Error.ShouldContain("continues when you run the command again");
        }

        await using var next = StediProgram.Start(_folder.Path);
        (await next.EndAsync(Token)).ShouldBe(0, next.Error);
        next.Error.ShouldContain("Continuing the open run");
        (await _folder.FindLeftoversAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Attach_WhenOwnerIsKilled_ReportsItAndCommandCanBeRetried()
    {
        await using var attached = await KillUnderAttachedAsync();

        (await attached.EndAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBe(1, attached.Error);
        attached.Error.ShouldContain("run the command again", customMessage: attached.Error);

        await using var next = StediProgram.Start(_folder.Path);
        (await next.EndAsync(Token)).ShouldBe(0, next.Error);
        (await _folder.FindLeftoversAsync(Token)).ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<StediProgram> KillUnderAttachedAsync()
    {
        await using var owner = StediProgram.Start(_folder.Path);
        await owner.WaitForErrorOutputAsync("Temporal on", Token);
        var attached = StediProgram.Start(_folder.Path);
        await attached.WaitForErrorOutputAsync("Attached to the stack", Token);
        await owner.KillAsync(Token);
        return attached;
    }
}
