using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Pseudonyms;

/// <summary>Fails a run whose pseudonyms could be guessed or would not match the published ones.</summary>
public sealed class PseudonymKeyCheck(DurableQueryRunner queries, LakeCatalog catalog, LakeOptions options)
{
    private readonly PseudonymKey _key = new(options);

    /// <summary>Checks the key, without reading it.</summary>
    /// <param name="published">The fingerprint of the published pseudonyms' key, or null to accept any key.</param>
    /// <returns>The key's fingerprint.</returns>
    /// <exception cref="ApplicationFailureException">The key is missing, unusable, or not that of the published pseudonyms.</exception>
    public async Task<string> VerifyAsync(string? published)
    {
        var cancellationToken = ActivityExecutionContext.Current.CancellationToken;
        if (await catalog.FindAsync(options.PrivateDatabase, options.PseudonymKeyTable, cancellationToken) is null)
        {
            throw Failure(_key.NoTable);
        }

        // Queries need this database as their context, and this is a run's first query.
        await catalog.EnsureDatabaseAsync(options.WorkDatabase, cancellationToken);
        var measured = (await queries.SelectAsync("measuring the pseudonym key", _key.Sql, minRows: 1))[0];
        if (_key.Problem(measured.Count("keys"), measured.Count("bytes")) is { } problem)
        {
            throw Failure(problem);
        }

        var fingerprint = measured["fingerprint"]!;
        return published is null || published == fingerprint ? fingerprint : throw Failure(_key.OtherKey);
    }

    private ApplicationFailureException Failure(string problem) =>
        new($"{problem} Nothing was published. {_key.Remedy}", FailureTypes.MissingPseudonymKey, nonRetryable: true);
}
