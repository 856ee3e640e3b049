using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>The three landing folders, written side by side.</summary>
sealed class LandingFolderWriter(OpenLandingFile open, LandingOptions options) : IAsyncDisposable
{
    readonly RollingFileWriter customers = new(open, "customer", options);
    readonly RollingFileWriter app = new(open, "accelerometer", options);
    readonly RollingFileWriter steps = new(open, "step_trainer", options);

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

/// <summary>How much was written of one source: files that are not hidden, lines that hold a row and lines that do not, bytes of those files.</summary>
sealed record WrittenSource(int Files, long Rows, long Rejected, long Bytes);

/// <summary>How much was written.</summary>
sealed record WrittenSources(WrittenSource Customer, WrittenSource Accelerometer, WrittenSource StepTrainer);
