using System.Security.Cryptography;
using System.Text;
using Amazon.Athena;
using Amazon.Athena.Model;
using Temporalio.Activities;

namespace Stedi.Temporal.Activities.Athena;

/// <summary>
/// Runs an activity's queries: heartbeats while they run, finds the query of a dead attempt again, and stops what nobody
/// waits for any more. One object serves one attempt of one activity.
/// </summary>
public sealed class DurableQueryRunner(AthenaQueries queries)
{
    // What every heartbeat of this attempt says: once an UNLOAD is under way, a SELECT after it must not wipe it out.
    private UnloadProgress? _progress;
    private string _unloaded = "";

    /// <summary>
    /// Runs a query that only reads, and returns its rows. Its token is derived from the step, the statement and what the
    /// step wrote before, so an attempt that follows a dead one gets the same query back, running or done. There is at most
    /// one failed submission an attempt: those of earlier attempts are passed over.
    /// </summary>
    /// <param name="purpose">What it is for, for messages.</param>
    /// <param name="sql">The SELECT.</param>
    public async Task<IReadOnlyList<QueryRow>> SelectAsync(string purpose, string sql)
    {
        var context = ActivityExecutionContext.Current;
        for (var submission = 1; ; submission++)
        {
            string queryId;
            try
            {
                queryId = await SubmitAsync(sql, SelectToken(context.Info, sql, submission), context);
            }
            catch (InvalidRequestException e)
            {
                throw AthenaErrorClassifier.ToRefusedFailure(e, purpose);
            }

            var execution = await WaitAsync(queryId, context);
            if (execution.Status.State == QueryExecutionState.SUCCEEDED)
            {
                return await queries.ReadAsync(queryId, context.CancellationToken);
            }

            var failure = AthenaErrorClassifier.ToFailure(execution, purpose);
            if (failure.NonRetryable || submission >= context.Info.Attempt)
            {
                throw failure;
            }
        }
    }

    /// <summary>
    /// Writes a query's rows as Parquet below a prefix of their own. A step is one GUID; its submissions are numbered.
    /// The number is heartbeated before the query is submitted under it, so an attempt that follows a dead one submits
    /// under the same token and gets the same query back, running or done. The number counts up only once a submission
    /// has failed, because its token would for ever return that failure.
    /// </summary>
    /// <param name="purpose">What it is for, for messages.</param>
    /// <param name="stepId">The step's GUID.</param>
    /// <param name="prefix">An <c>s3://</c> URI ending in a slash.</param>
    /// <param name="select">What to write.</param>
    public async Task<UnloadResult> UnloadAsync(string purpose, Guid stepId, string prefix, string select)
    {
        var context = ActivityExecutionContext.Current;
        var found = await LastProgressAsync(context);
        for (var submission = found?.Submission ?? 0; ; submission++)
        {
            var token = $"{stepId}-{submission}";
            var location = $"{prefix}{token}/";
            Heartbeat(context, new(submission, null));
            string queryId;
            try
            {
                queryId = await SubmitAsync($"UNLOAD (\n{select}\n) TO '{location}' WITH (format = 'PARQUET', compression = 'ZSTD')", token, context);
            }
            catch (InvalidRequestException) when (IsFoundAgain(found, submission))
            {
                // The token belongs to another statement: the SQL changed between two attempts, with a new release.
                continue;
            }
            catch (InvalidRequestException e)
            {
                throw AthenaErrorClassifier.ToRefusedFailure(e, purpose);
            }

            Heartbeat(context, new(submission, queryId));
            var execution = await WaitAsync(queryId, context);
            if (execution.Status.State == QueryExecutionState.SUCCEEDED)
            {
                _unloaded = queryId;
                return new(location, execution);
            }

            var failure = AthenaErrorClassifier.ToFailure(execution, purpose);
            if (failure.NonRetryable || !IsFoundAgain(found, submission))
            {
                Heartbeat(context, new(submission + 1, null));
                throw failure;
            }
        }
    }

    // An attempt that follows another may find a query that failed meanwhile: it submits anew at once. A failure of its
    // own submission is left to Temporal's retry, which waits longer each time.
    private static bool IsFoundAgain(UnloadProgress? found, int submission) =>
        submission == (found?.Submission ?? 0) && ActivityExecutionContext.Current.Info.Attempt > 1;

    // Counting what was written is the same statement for whatever was written: the query that wrote it tells them apart.
    private string SelectToken(ActivityInfo step, string sql, int submission) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{step.WorkflowRunId}/{step.ActivityId}/{_unloaded}/{submission}/{sql}")));

    private static async Task<UnloadProgress?> LastProgressAsync(ActivityExecutionContext context) =>
        context.Info.HeartbeatDetails.Count > 0 ? await context.Info.HeartbeatDetailAtAsync<UnloadProgress>(0) : null;

    // Not cancellable: a request given up half-way may still have started a query, which then nobody would stop.
    private async Task<string> SubmitAsync(string sql, string token, ActivityExecutionContext context)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        return await queries.SubmitAsync(sql, token, CancellationToken.None);
    }

    private async Task<QueryExecution> WaitAsync(string queryId, ActivityExecutionContext context)
    {
        try
        {
            return await queries.WaitAsync(queryId, () => Heartbeat(context, _progress), context.CancellationToken);
        }
        // A worker that shuts down leaves the query running: the next attempt finds it again.
        catch (OperationCanceledException) when (context.CancelReason is ActivityCancelReason.CancelRequested or ActivityCancelReason.GoneFromServer)
        {
            await queries.StopAsync(queryId, CancellationToken.None);
            throw;
        }
    }

    private void Heartbeat(ActivityExecutionContext context, UnloadProgress? now)
    {
        _progress = now;
        if (now is null)
        {
            context.Heartbeat();
        }
        else
        {
            context.Heartbeat(now);
        }
    }
}

/// <summary>How far a step's UNLOAD is: what its heartbeats carry to the next attempt.</summary>
/// <param name="Submission">Counts up after a submission that failed.</param>
/// <param name="QueryId">Athena's id of the query, once it is known.</param>
public sealed record UnloadProgress(int Submission, string? QueryId);

/// <summary>An UNLOAD that succeeded.</summary>
/// <param name="Location">Where it wrote, as an <c>s3://</c> URI ending in a slash.</param>
/// <param name="Execution">What Athena says of it.</param>
public sealed record UnloadResult(string Location, QueryExecution Execution);
