namespace Stedi.DevStack.Temporal.Frontend;

/// <summary>Tells everything that waits that the server is stopping.</summary>
public sealed class ServerLifetime : IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    public CancellationToken Stopping => stopping.Token;

    public Task StopAsync() => stopping.CancelAsync();

    public void Dispose() => stopping.Dispose();
}
