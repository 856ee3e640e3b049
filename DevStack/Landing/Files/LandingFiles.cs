using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>The three landing folders, written side by side.</summary>
sealed class LandingFiles(OpenLandingFile open, LandingOptions options) : IAsyncDisposable
{
    readonly RollingFile customers = new(open, "customer", options);
    readonly RollingFile app = new(open, "accelerometer", options);
    readonly RollingFile steps = new(open, "step_trainer", options);

    public async Task WriteAsync(Cohort cohort, CancellationToken cancellationToken)
    {
        foreach (var customer in cohort.Customers)
        {
            await customers.WriteAsync(buffer => JsonLines.Write(buffer, customer), cancellationToken);
        }

        foreach (var reading in cohort.App)
        {
            await app.WriteAsync(buffer => JsonLines.Write(buffer, reading), cancellationToken);
        }

        foreach (var reading in cohort.Steps)
        {
            await steps.WriteAsync(buffer => JsonLines.Write(buffer, reading), cancellationToken);
        }
    }

    /// <summary>Closes the last files.</summary>
    public async Task<WrittenSources> CompleteAsync(CancellationToken cancellationToken) => new(
        await customers.CompleteAsync(cancellationToken),
        await app.CompleteAsync(cancellationToken),
        await steps.CompleteAsync(cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await customers.DisposeAsync();
        await app.DisposeAsync();
        await steps.DisposeAsync();
    }
}
