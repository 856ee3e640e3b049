using System.Text.RegularExpressions;
using Amazon.Athena;
using Amazon.Athena.Model;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Athena;

/// <summary>
/// What a query that did not succeed means. Athena's reason may quote data, so only its code and position leave the
/// lake; the whole text stays with the query in Athena's own history.
/// </summary>
public static partial class AthenaErrorClassifier
{
    private const int UserError = 2;

    /// <summary>The failure that a query's end stands for; retryable where another submission may succeed.</summary>
    /// <param name="execution">A query that failed or was cancelled.</param>
    /// <param name="purpose">What it was for, such as a table's name.</param>
    public static ApplicationFailureException ToFailure(QueryExecution execution, string purpose)
    {
        var reason = execution.Status.StateChangeReason ?? "";
        var what = $"Athena could not run the query for {purpose}: {Scrub(reason, execution)} (query {execution.QueryExecutionId}; its full message is in Athena's query history).";
        if (reason.Contains("EXHAUSTED", StringComparison.OrdinalIgnoreCase) || reason.Contains("exceeded", StringComparison.OrdinalIgnoreCase))
        {
            return new(what + " Raise the work group's limit or split the landing data.", FailureTypes.ExhaustedResources, nonRetryable: true);
        }

        if (reason.Contains("denied", StringComparison.OrdinalIgnoreCase) || reason.Contains("not authorized", StringComparison.OrdinalIgnoreCase))
        {
            return new(what + " Check the permissions of the worker's role on the bucket, the catalogue and the work group.", FailureTypes.MissingPermission, nonRetryable: true);
        }

        // Only now: a work group's scan limit ends a query as CANCELLED too, and would end the next one as well.
        if (execution.Status.State == QueryExecutionState.CANCELLED)
        {
            return new(what, "QueryCancelled");
        }

        // The output prefix of a submission is its own; what lies there is from a query that died half-way. Another
        // submission writes elsewhere.
        var passes = execution.Status.AthenaError is not { ErrorCategory: UserError }
            || execution.Status.AthenaError.Retryable == true
            || reason.Contains("PATH_ALREADY_EXISTS", StringComparison.Ordinal);
        return passes ? new(what, "QueryFailed") : new(what, FailureTypes.BadQuery, nonRetryable: true);
    }

    /// <summary>The failure that a refused submission stands for: another one would be refused as well.</summary>
    /// <param name="refused">What Athena answered; its message may quote the statement and stays out.</param>
    /// <param name="purpose">What the query was for.</param>
    public static ApplicationFailureException ToRefusedFailure(InvalidRequestException refused, string purpose) => new(
        $"Athena refuses the query for {purpose} ({refused.AthenaErrorCode ?? refused.ErrorCode}, request {refused.RequestId}). Check that the work group exists, is enabled, and may write its results where it should.",
        FailureTypes.RejectedRequest,
        nonRetryable: true);

    private static string Scrub(string reason, QueryExecution execution)
    {
        var code = Code().Match(reason) is { Success: true } found ? found.Groups[1].Value : $"error type {execution.Status.AthenaError?.ErrorType?.ToString() ?? "unknown"}";
        return Position().Match(reason) is { Success: true } position ? $"{code} at line {position.Groups[1].Value}" : code;
    }

    [GeneratedRegex(@"^(?:com\.\S+:\s*)?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"\bline (\d{1,6}:\d{1,6})\b")]
    private static partial Regex Position();
}
