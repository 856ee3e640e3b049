using System.Text.RegularExpressions;
using Amazon.Athena;
using Amazon.Athena.Model;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Athena;

/// <summary>
/// Classifies queries that did not succeed as permanent or retryable failures. Athena's reason may quote data, so failures
/// contain only its error code, its position and the landing file that could not be read; the full text stays in Athena's query history.
/// </summary>
public static partial class AthenaErrorClassifier
{
    private const int UserError = 2;

    // Athena's error types 0 to 8: "Query exhausted resources at this scale factor" and its like.
    private const int LastExhaustedType = 8;

    /// <summary>Returns the failure of a query. It is retryable if another submission may succeed.</summary>
    /// <param name="execution">A query that failed or was cancelled.</param>
    /// <param name="purpose">What the query was for, such as a table's name.</param>
    public static ApplicationFailureException ToFailure(QueryExecution execution, string purpose)
    {
        var reason = execution.Status.StateChangeReason ?? "";
        var error = execution.Status.AthenaError;
        var message = $"Athena could not run the query for {purpose}: {Scrub(reason, execution)} (query {execution.QueryExecutionId}; its full message is in Athena's query history).{UnreadFile(reason)}";

        // Glue's and S3's errors have their own code. Athena's category of them varies.
        var cause = ServiceCode().Match(reason) is { Success: true } named ? named.Groups[1].Value : "";
        if (AwsErrorClassifier.IsTransientCode(cause))
        {
            return new(message, SubmissionLimit.Throttled);
        }

        // A work group's scan limit also ends a query as CANCELLED, and a retry would hit it again.
        if (error?.ErrorType is >= 0 and <= LastExhaustedType || (execution.Status.State == QueryExecutionState.CANCELLED && ScanLimit().IsMatch(reason)))
        {
            return new(message + " Raise the work group's limit or split the landing data.", FailureTypes.ExhaustedResources, nonRetryable: true);
        }

        if (execution.Status.State == QueryExecutionState.CANCELLED)
        {
            return new(message, "QueryCancelled");
        }

        if (error is null)
        {
            return new(message + " Athena named no error, so the query is submitted again.", "QueryFailed");
        }

        if (AwsErrorClassifier.IsPermissionCode(cause) || (error.ErrorCategory == UserError && Refused().IsMatch(reason)))
        {
            return new(
                message + (LakeFormation().IsMatch(reason)
                    ? " Lake Formation refused it: grant the worker's role the data permissions there, and lakeformation:GetDataAccess."
                    : " Check the permissions of the worker's role on the bucket, the catalogue and the work group."),
                FailureTypes.MissingPermission,
                nonRetryable: true);
        }

        // Every submission has its own output prefix. PATH_ALREADY_EXISTS means that the query was interrupted after
        // writing some files; another submission writes elsewhere.
        var isRetryable = error.ErrorCategory != UserError || error.Retryable == true || reason.Contains("PATH_ALREADY_EXISTS", StringComparison.Ordinal);
        return isRetryable ? new(message, "QueryFailed") : new(message, FailureTypes.BadQuery, nonRetryable: true);
    }

    /// <summary>Returns the failure of a query that succeeded, and whose result has fewer rows than its statement always makes.</summary>
    /// <param name="queryId">Athena's id of the query.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="least">The least number of rows.</param>
    /// <param name="purpose">What the query was for.</param>
    public static ApplicationFailureException ToMissingRowsFailure(string queryId, int rows, int least, string purpose) => new(
        $"The result of the query for {purpose} has {rows} of at least {least} rows (query {queryId}), although the query succeeded. Nothing but Athena may write to its results.",
        "MissingRows");

    /// <summary>Returns the permanent failure of a submission that Athena rejected.</summary>
    /// <param name="exception">Athena's answer. Its message may quote the statement, so it is not part of the failure.</param>
    /// <param name="purpose">What the query was for.</param>
    public static ApplicationFailureException ToRefusedFailure(InvalidRequestException exception, string purpose) => new(
        $"Athena rejected the query for {purpose} ({exception.AthenaErrorCode ?? exception.ErrorCode}, request {exception.RequestId}). Check that the work group exists, is enabled, and may write to its output location.",
        FailureTypes.RejectedRequest,
        nonRetryable: true);

    private static string Scrub(string reason, QueryExecution execution)
    {
        var code = Code().Match(reason) is { Success: true } found ? found.Groups[1].Value : $"error type {execution.Status.AthenaError?.ErrorType?.ToString() ?? "unknown"}";
        return Position().Match(reason) is { Success: true } position ? $"{code} at line {position.Groups[1].Value}" : code;
    }

    // The keys of landing files are no personal data, other parts of a reason may be.
    private static string UnreadFile(string reason) => LandingFile().Match(reason) is { Success: true } found
        ? $" It could not read {FileNames.Shorten(found.Groups[1].Value.TrimEnd(':', ',', ')'))}. Check that the file is complete and compressed as its name says: .gz is gzip, .bz2 bzip2, .deflate zlib, .zst zstd."
        : "";

    [GeneratedRegex(@"^HIVE_(?:CURSOR_ERROR|BAD_DATA|CANNOT_OPEN_SPLIT|FILESYSTEM_ERROR)\b.*?s3://[^/\s]+/((?:\S+/)?(?:customer|accelerometer|step_trainer)/landing/\S+)")]
    private static partial Regex LandingFile();

    [GeneratedRegex(@"^(?:com\.\S+:\s*)?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b")]
    private static partial Regex Code();

    // As the AWS SDK for Java prints a service's error.
    [GeneratedRegex(@"\bError Code: (\w{1,80})\b")]
    private static partial Regex ServiceCode();

    // Athena documents no error type for these.
    [GeneratedRegex("^Bytes scanned limit was exceeded")]
    private static partial Regex ScanLimit();

    [GeneratedRegex("^(?:Access denied|Insufficient permissions|PERMISSION_DENIED)", RegexOptions.IgnoreCase)]
    private static partial Regex Refused();

    [GeneratedRegex("Lake ?Formation", RegexOptions.IgnoreCase)]
    private static partial Regex LakeFormation();

    [GeneratedRegex(@"\bline (\d{1,6}:\d{1,6})\b")]
    private static partial Regex Position();
}
