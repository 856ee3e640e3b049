using Amazon.Athena;
using Amazon.Athena.Model;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Activities.Tests;

public sealed class AthenaErrorClassifierTests
{
    [Theory]
    [InlineData("SYNTAX_ERROR: line 3:5: Column 'jane@example.com' cannot be resolved", 2, 1006, FailureTypes.BadQuery)]
    [InlineData("TYPE_MISMATCH: the value was exceeded, access denied", 2, 1200, FailureTypes.BadQuery)]
    [InlineData("Query exhausted resources at this scale factor", 1, 0, FailureTypes.ExhaustedResources)]
    [InlineData("Something new", 1, 8, FailureTypes.ExhaustedResources)]
    [InlineData("Access denied when writing output to s3://bucket/jane@example.com", 2, 1003, FailureTypes.MissingPermission)]
    [InlineData("Insufficient permissions to execute the query. Insufficient Lake Formation permission(s) on jane", 2, 1003, FailureTypes.MissingPermission)]
    [InlineData("HIVE_CANNOT_OPEN_SPLIT: (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: R)", 3, 9999, FailureTypes.MissingPermission)]
    public void ToFailure_WithPermanentReason_HasTypeAndIsNonRetryable(string reason, int category, int code, string type)
    {
        var failure = AthenaErrorClassifier.ToFailure(Ended(QueryExecutionState.FAILED, reason, category, code), "customer_trusted");

        failure.ErrorType.ShouldBe(type);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldNotContain("jane");
        failure.Message.Contains("lakeformation:GetDataAccess", StringComparison.Ordinal).ShouldBe(reason.Contains("Lake Formation", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GENERIC_INTERNAL_ERROR: something", 1, 233)]
    [InlineData("GENERIC_INTERNAL_ERROR: The process that ran this query ended while it was running. It is not run again unless it is submitted again.", 1, 233)]
    [InlineData("HIVE_PATH_ALREADY_EXISTS: Target directory already exists", 2, 1101)]
    [InlineData("Rate exceeded (Service: AWSGlue; Status Code: 400; Error Code: ThrottlingException; Request ID: R)", 2, 1200)]
    [InlineData("Please reduce your request rate. (Service: Amazon S3; Status Code: 503; Error Code: SlowDown; Request ID: R)", 1, 5)]
    [InlineData("exceeded", null, null)]
    public void ToFailure_WithTransientReason_IsRetryable(string reason, int? category, int? code) =>
        AthenaErrorClassifier.ToFailure(Ended(QueryExecutionState.FAILED, reason, category, code), "customer_trusted").NonRetryable.ShouldBeFalse();

    [Fact]
    public void ToFailure_WithoutAnAthenaError_SaysSo() =>
        AthenaErrorClassifier.ToFailure(Ended(QueryExecutionState.FAILED, "x", null), "x").Message.ShouldContain("Athena named no error");

    [Fact]
    public void ToFailure_WhenScanLimitCancelsQuery_IsExhaustedResources() =>
        AthenaErrorClassifier.ToFailure(Ended(QueryExecutionState.CANCELLED, "Bytes scanned limit was exceeded", null), "x").ErrorType.ShouldBe(FailureTypes.ExhaustedResources);

    [Fact]
    public void ToRefusedFailure_WhenAthenaRejectsSubmission_IsNonRetryableAndQuotesNothing()
    {
        var failure = AthenaErrorClassifier.ToRefusedFailure(new("WorkGroup jane is not found", null, Amazon.Runtime.ErrorType.Sender, "InvalidRequestException", "request-1", System.Net.HttpStatusCode.BadRequest), "x");

        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain("work group");
        failure.Message.ShouldNotContain("jane");
    }

    [Fact]
    public void ToFailure_WhenUserCancelsQuery_IsRetryable() =>
        AthenaErrorClassifier.ToFailure(Ended(QueryExecutionState.CANCELLED, "Query cancelled by user", null), "x").NonRetryable.ShouldBeFalse();

    [Fact]
    public void ToFailure_WhenReasonQuotesData_KeepsOnlyCodeAndPosition()
    {
        var failure = AthenaErrorClassifier.ToFailure(
            Ended(QueryExecutionState.FAILED, "INVALID_CAST_ARGUMENT: line 1:8: Cannot cast 'jane@example.com' to BIGINT", 2), "customer_trusted");

        failure.Message.ShouldNotContain("jane");
        failure.Message.ShouldContain("INVALID_CAST_ARGUMENT at line 1:8");
        failure.Message.ShouldContain("query-1");
    }

    [Theory]
    [InlineData("HIVE_CURSOR_ERROR: the file s3://lake/customer/landing/a.json.gz is not gzip: jane@example.com", "customer/landing/a.json.gz")]
    [InlineData("HIVE_CURSOR_ERROR: Failed to read file: s3://lake/uploads/1/step_trainer/landing/x/a.gz", "uploads/1/step_trainer/landing/x/a.gz")]
    [InlineData("HIVE_BAD_DATA: jane@example.com in s3://lake/other/a.gz", null)]
    [InlineData("INVALID_CAST_ARGUMENT: Cannot cast 's3://lake/customer/landing/jane@example.com'", null)]
    public void ToFailure_WhenALandingFileCannotBeRead_NamesOnlyTheFile(string reason, string? file)
    {
        var failure = AthenaErrorClassifier.ToFailure(Ended(QueryExecutionState.FAILED, reason, 2), "customer_staged");

        failure.Message.ShouldNotContain("jane");
        failure.Message.Contains("It could not read", StringComparison.Ordinal).ShouldBe(file is not null);
        failure.Message.ShouldContain(file is null ? "query-1" : $"It could not read {file}. Check that the file is complete");
    }

    private static QueryExecution Ended(QueryExecutionState state, string reason, int? category, int? code = null) => new()
    {
        QueryExecutionId = "query-1",
        Status = new() { State = state, StateChangeReason = reason, AthenaError = category is null ? null : new() { ErrorCategory = category, ErrorType = code } },
    };
}
