using System.Text;
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
            if (customer.Flaw == CustomerFlaw.None)
            {
                await _customers.WriteAsync(buffer => JsonLines.Write(buffer, customer), cancellationToken);
            }
            else
            {
                await _customers.RejectAsync(buffer => JsonLines.Write(buffer, customer), row => FlawedCustomerLines.Of(customer, row), cancellationToken);
            }
        }

        foreach (var reading in cohort.App)
        {
            await _app.WriteAsync(buffer => JsonLines.Write(buffer, reading), cancellationToken);
        }

        foreach (var reading in cohort.RejectedApp)
        {
            await _app.RejectAsync(buffer => JsonLines.Write(buffer, reading), Encoding.UTF8.GetBytes, cancellationToken);
        }

        foreach (var reading in cohort.Steps)
        {
            await _steps.WriteAsync(buffer => JsonLines.Write(buffer, reading), cancellationToken);
        }

        foreach (var reading in cohort.RejectedSteps)
        {
            await _steps.RejectAsync(buffer => JsonLines.Write(buffer, reading), Encoding.UTF8.GetBytes, cancellationToken);
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

/// <summary>Totals for one source.</summary>
/// <param name="Files">Visible files.</param>
/// <param name="Rows">Lines that hold a row.</param>
/// <param name="Rejected">Lines that hold no row and are not blank.</param>
/// <param name="Anonymous">Those of them among the customers from which no person can be read.</param>
/// <param name="Blank">Lines that hold nothing.</param>
/// <param name="Dropped">Optional values of rows that cannot be read.</param>
/// <param name="Damaged">Texts of rows with bytes that are not UTF-8.</param>
/// <param name="Bytes">Size of the visible files.</param>
internal sealed record WrittenSource(int Files, long Rows, long Rejected, long Anonymous, long Blank, long Dropped, long Damaged, long Bytes);

/// <summary>Totals for each source.</summary>
internal sealed record WrittenSources(WrittenSource Customer, WrittenSource Accelerometer, WrittenSource StepTrainer);
