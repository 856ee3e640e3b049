using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Pseudonyms;

/// <summary>Stops a run whose pseudonyms could be guessed, or would differ from the published ones unnoticed.</summary>
public sealed class PseudonymKeyCheck(DurableQueryRunner queries, LakeCatalog catalog, LakeOptions options)
{
    private readonly PseudonymKey _key = new(options);

    /// <summary>Checks the key, without reading it.</summary>
    /// <param name="published">The fingerprint of the key of the published pseudonyms; null if nothing is published, or any key is accepted.</param>
    /// <returns>The key's fingerprint.</returns>
    /// <exception cref="ApplicationFailureException">The key is missing, cannot serve, or is another one.</exception>
    public async Task<string> VerifyAsync(string? published)
    {
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        if (await catalog.FindAsync(options.PrivateDatabase, options.PseudonymKeyTable, cancellation) is null)
        {
            throw Failure(_key.NoTable);
        }

        // Queries run in the context of this database, and this one is the first of a run.
        await catalog.EnsureDatabaseAsync(options.WorkDatabase, cancellation);
        var measured = (await queries.SelectAsync("measuring the pseudonym key", _key.Sql))[0];
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
