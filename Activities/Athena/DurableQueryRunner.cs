using System.Security.Cryptography;
using System.Text;
using Amazon.Athena;
using Amazon.Athena.Model;
using Stedi.Temporal.Activities.Resilience;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Athena;

/// <summary>
/// Runs an activity's queries. Resumes the query of a crashed attempt, and stops the query of a cancelled activity. An instance serves
/// one attempt of one activity.
/// </summary>
public sealed class DurableQueryRunner(AthenaQueries queries)
{
    private string _unloaded = "";

    /// <summary>
    /// Runs a SELECT and returns its rows. The idempotency token is derived from the step, the statement and the step's
    /// preceding UNLOAD, so an attempt resumes the query of a crashed one. The failed submissions of earlier attempts are
    /// skipped: each attempt adds at most one.
    /// </summary>
    /// <param name="purpose">What the query is for, for messages.</param>
    /// <param name="sql">The SELECT.</param>
    /// <param name="minRows">The number of rows that the SELECT has at least, whatever its tables hold. A result with fewer counts as a failure.</param>
    public async Task<IReadOnlyList<QueryRow>> SelectAsync(string purpose, string sql, int minRows = 0)
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

            ApplicationFailureException failure;
            var execution = await WaitAsync(queryId, context);
            if (execution.Status.State == QueryExecutionState.SUCCEEDED)
            {
                var rows = await queries.ReadAsync(queryId, context.CancellationToken);
                if (rows.Count >= minRows)
                {
                    return rows;
                }

                failure = AthenaErrorClassifier.ToMissingRowsFailure(queryId, rows.Count, minRows, purpose);
            }
            else
            {
                failure = AthenaErrorClassifier.ToFailure(execution, purpose);
            }

            failure = SubmissionLimit.Apply(failure, submission);
            if (failure.NonRetryable || submission >= context.Info.Attempt)
            {
                throw failure;
            }
        }
    }

    /// <summary>
    /// Writes a query's rows as Parquet to a prefix of their own. The idempotency token is the step's GUID and the
    /// submission's number. The number is heartbeated before the submission, so an attempt resumes the query of a crashed
    /// one. The number increases only after a failure, because Athena returns the same failure for the same token.
    /// </summary>
    /// <param name="purpose">What the query is for, for messages.</param>
    /// <param name="stepId">The step's GUID.</param>
    /// <param name="prefix">An <c>s3://</c> URI ending in a slash.</param>
    /// <param name="select">The SELECT whose rows are written.</param>
    public async Task<UnloadResult> UnloadAsync(string purpose, Guid stepId, string prefix, string select)
    {
        var context = ActivityExecutionContext.Current;
        var last = await LastProgressAsync(context);
        for (var submission = last?.Submission ?? 0; ; submission++)
        {
            var token = $"{stepId}-{submission}";
            var location = $"{prefix}{token}/";
            context.Heartbeat(new UnloadProgress(submission, null));
            string queryId;
            try
            {
                queryId = await SubmitAsync($"UNLOAD (\n{select}\n) TO '{location}' WITH (format = 'PARQUET', compression = 'ZSTD')", token, context);
            }
            catch (InvalidRequestException) when (IsResumed(last, submission))
            {
                // The token belongs to another statement: a release between the two attempts changed the SQL.
                continue;
            }
            catch (InvalidRequestException e)
            {
                throw AthenaErrorClassifier.ToRefusedFailure(e, purpose);
            }

            context.Heartbeat(new UnloadProgress(submission, queryId));
            var execution = await WaitAsync(queryId, context);
            if (execution.Status.State == QueryExecutionState.SUCCEEDED)
            {
                _unloaded = queryId;
                return new(location, execution);
            }

            var failure = SubmissionLimit.Apply(AthenaErrorClassifier.ToFailure(execution, purpose), submission + 1);
            if (failure.NonRetryable || !IsResumed(last, submission))
            {
                context.Heartbeat(new UnloadProgress(submission + 1, null));
                throw failure;
            }
        }
    }

    // A resumed query may have failed meanwhile; then a new one is submitted at once. The failure of an attempt's own
    // submission is left to Temporal's retry policy, which backs off.
    private static bool IsResumed(UnloadProgress? last, int submission) =>
        submission == (last?.Submission ?? 0) && ActivityExecutionContext.Current.Info.Attempt > 1;

    // The statement that counts a table's rows is the same for every UNLOAD of the table; the query id distinguishes them.
    private string SelectToken(ActivityInfo step, string sql, int submission) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{step.WorkflowRunId}/{step.ActivityId}/{_unloaded}/{submission}/{sql}")));

    private static async Task<UnloadProgress?> LastProgressAsync(ActivityExecutionContext context) =>
        context.Info.HeartbeatDetails.Count > 0 ? await context.Info.HeartbeatDetailAtAsync<UnloadProgress>(0) : null;

    // Not cancellable: a cancelled request may still have started a query, which would then never be stopped.
    private async Task<string> SubmitAsync(string sql, string token, ActivityExecutionContext context)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        return await queries.SubmitAsync(sql, token, CancellationToken.None);
    }

    private async Task<QueryExecution> WaitAsync(string queryId, ActivityExecutionContext context)
    {
        try
        {
            return await queries.WaitAsync(queryId, context.CancellationToken);
        }
        // A worker that shuts down, or whose heartbeat was lost, leaves the query running, and the next attempt resumes it. If the run was
        // terminated, the next run's clean-up stops it.
        catch (OperationCanceledException) when (context.CancelReason == ActivityCancelReason.CancelRequested)
        {
            await queries.StopAsync(queryId, CancellationToken.None);
            throw;
        }
    }
}

/// <summary>The progress of a step's UNLOAD, which heartbeats carry to the next attempt.</summary>
/// <param name="Submission">The number of failed submissions so far.</param>
/// <param name="QueryId">Athena's id of the query, once it is known.</param>
public sealed record UnloadProgress(int Submission, string? QueryId);

/// <summary>An UNLOAD that succeeded.</summary>
/// <param name="Location">Where it wrote to, as an <c>s3://</c> URI ending in a slash.</param>
/// <param name="Execution">Athena's description of the query.</param>
public sealed record UnloadResult(string Location, QueryExecution Execution);
