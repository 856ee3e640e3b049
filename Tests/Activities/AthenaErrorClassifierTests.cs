using Amazon.Athena;
using Amazon.Athena.Model;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Activities.Tests;

public sealed class AthenaErrorClassifierTests
{
    [Theory]
    [InlineData("SYNTAX_ERROR: line 3:5: Column 'jane@example.com' cannot be resolved", 2, FailureTypes.BadQuery)]
    [InlineData("Query exhausted resources at this scale factor", 1, FailureTypes.ExhaustedResources)]
    [InlineData("Access denied when writing output to s3://bucket/jane@example.com", 2, FailureTypes.MissingPermission)]
    public void ToFailure_WithPermanentReason_HasTypeAndIsNonRetryable(string reason, int category, string type)
    {
        var failure = AthenaErrorClassifier.ToFailure(Ended(QueryExecutionState.FAILED, reason, category), "customer_trusted");

        failure.ErrorType.ShouldBe(type);
        failure.NonRetryable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("GENERIC_INTERNAL_ERROR: something", 1)]
    [InlineData("GENERIC_INTERNAL_ERROR: The process that ran this query ended while it was running. It is not run again unless it is submitted again.", 1)]
    [InlineData("HIVE_PATH_ALREADY_EXISTS: Target directory already exists", 2)]
    public void ToFailure_WithTransientReason_IsRetryable(string reason, int category) =>
        AthenaErrorClassifier.ToFailure(Ended(QueryExecutionState.FAILED, reason, category), "customer_trusted").NonRetryable.ShouldBeFalse();

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

    private static QueryExecution Ended(QueryExecutionState state, string reason, int? category) => new()
    {
        QueryExecutionId = "query-1",
        Status = new() { State = state, StateChangeReason = reason, AthenaError = category is null ? null : new() { ErrorCategory = category } },
    };
}
