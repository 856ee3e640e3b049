using Amazon.Athena;
using Amazon.Athena.Model;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Privacy;

/// <summary>
/// Runs the privacy commands' queries. Their results hold rejected lines and records of people, so they are written to a prefix
/// of their own and deleted once they are read. No identity stands in their text.
/// </summary>
public sealed class PrivateQueries
{
    private readonly AthenaQueries _queries;
    private readonly LakeObjects _objects;
    private readonly LakeOptions _options;

    /// <summary>Creates them for a lake.</summary>
    public PrivateQueries(IAmazonAthena athena, LakeObjects objects, LakeOptions options, TimeProvider time)
    {
        _options = options with { WorkGroup = options.PrivacyWorkGroup };
        _queries = new(athena, _options, time);
        _objects = objects;
    }

    /// <summary>Runs a SELECT and returns its rows.</summary>
    /// <param name="purpose">What the query is for, for messages.</param>
    /// <param name="sql">The SELECT.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="ApplicationFailureException">The query failed.</exception>
    public async Task<IReadOnlyList<QueryRow>> SelectAsync(string purpose, string sql, CancellationToken cancellationToken)
    {
        var id = await SubmitAsync(purpose, sql, cancellationToken);
        try
        {
            await WaitAsync(id, purpose, cancellationToken);
            return await _queries.ReadAsync(id, cancellationToken);
        }
        finally
        {
            await DeleteResultAsync(id);
        }
    }

    /// <summary>Writes a query's rows as Parquet.</summary>
    /// <param name="purpose">What the query is for, for messages.</param>
    /// <param name="select">The SELECT whose rows are written.</param>
    /// <param name="prefix">An <c>s3://</c> URI ending in a slash, with no objects below it.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="ApplicationFailureException">The query failed.</exception>
    public async Task UnloadAsync(string purpose, string select, string prefix, CancellationToken cancellationToken)
    {
        var id = await SubmitAsync(purpose, $"UNLOAD (\n{select}\n) TO '{prefix}' WITH (format = 'PARQUET', compression = 'ZSTD')", cancellationToken);
        try
        {
            await WaitAsync(id, purpose, cancellationToken);
        }
        finally
        {
            await DeleteResultAsync(id);
        }
    }

    // Not cancellable: a cancelled request may still have started a query, which would then never be stopped.
    private async Task<string> SubmitAsync(string purpose, string sql, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await _queries.SubmitAsync(sql, Guid.NewGuid().ToString(), _options.Database, _options.PrivacyResultsPrefix, CancellationToken.None);
        }
        catch (InvalidRequestException e)
        {
            throw AthenaErrorClassifier.ToRefusedFailure(e, purpose);
        }
    }

    private async Task WaitAsync(string id, string purpose, CancellationToken cancellationToken)
    {
        QueryExecution ended;
        try
        {
            ended = await _queries.WaitAsync(id, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await _queries.StopAsync(id, CancellationToken.None);
            throw;
        }

        if (ended.Status.State != QueryExecutionState.SUCCEEDED)
        {
            throw AthenaErrorClassifier.ToFailure(ended, purpose);
        }
    }

    // The names of all files that a query writes at its output location begin with its id.
    private Task DeleteResultAsync(string id) => _objects.DeleteAsync(_options.PrivacyResultsPrefix + id, CancellationToken.None);
}
