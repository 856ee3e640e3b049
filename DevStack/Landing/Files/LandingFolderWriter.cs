using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>Writes the landing folders of the three sources.</summary>
internal sealed class LandingFolderWriter(OpenLandingFile open, LandingOptions options) : IAsyncDisposable
{
    private readonly RollingFileWriter _customers = new(open, "customer", options);
    private readonly RollingFileWriter _app = new(open, "accelerometer", options);
    private readonly RollingFileWriter _steps = new(open, "step_trainer", options);

    public async Task WriteAsync(Cohort cohort, CancellationToken cancellationToken)
    {
        foreach (var customer in cohort.Customers)
        {
            await _customers.WriteAsync(buffer => JsonLines.Write(buffer, customer), cancellationToken);
        }

        foreach (var reading in cohort.App)
        {
            await _app.WriteAsync(buffer => JsonLines.Write(buffer, reading), cancellationToken);
        }

        foreach (var reading in cohort.Steps)
        {
            await _steps.WriteAsync(buffer => JsonLines.Write(buffer, reading), cancellationToken);
        }
    }

    /// <summary>Closes the last files.</summary>
    public async Task<WrittenSources> CompleteAsync(CancellationToken cancellationToken) => new(
        await _customers.CompleteAsync(cancellationToken),
        await _app.CompleteAsync(cancellationToken),
        await _steps.CompleteAsync(cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _customers.DisposeAsync();
        await _app.DisposeAsync();
        await _steps.DisposeAsync();
    }
}

/// <summary>Totals for one source: visible files, lines that hold a row, lines that do not, and the size of the visible files.</summary>
internal sealed record WrittenSource(int Files, long Rows, long Rejected, long Bytes);

/// <summary>Totals for each source.</summary>
internal sealed record WrittenSources(WrittenSource Customer, WrittenSource Accelerometer, WrittenSource StepTrainer);
