using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>Checks, before a snapshot is published, that its tables were audited and that their files are there.</summary>
public sealed class SnapshotTableCheck(LakeObjects objects)
{
    /// <summary>Checks every table.</summary>
    /// <param name="snapshot">The snapshot to publish.</param>
    /// <param name="audited">What the consent audit says that it audited.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="ApplicationFailureException">
    /// <see cref="FailureTypes.TablesChanged"/>, not retryable: other tables were audited, or files are gone or have other sizes.
    /// </exception>
    public async Task VerifyAsync(Snapshot snapshot, string? audited, CancellationToken cancellationToken)
    {
        if (TableDigest.Of(snapshot.Tables.Select(table => (table.Name, table.Location))) != audited)
        {
            throw Changed("The tables are not those whose consents were audited.");
        }

        await Task.WhenAll(snapshot.Tables.Select(table => VerifyFilesAsync(table, cancellationToken)));
    }

    private async Task VerifyFilesAsync(SnapshotTable table, CancellationToken cancellationToken)
    {
        var bytes = (await objects.ListAsync(objects.Key(table.Location), cancellationToken)).Sum(found => found.Bytes);
        if (bytes != table.Bytes)
        {
            throw Changed($"{table.Name} has files of {bytes} bytes instead of {table.Bytes} in {table.Location}.");
        }
    }

    private static ApplicationFailureException Changed(string what) =>
        new($"{what} Nothing was published. Start a new run.", FailureTypes.TablesChanged, nonRetryable: true);
}
