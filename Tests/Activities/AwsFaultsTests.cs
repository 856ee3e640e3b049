using System.Net;
using Amazon.Glue;
using Amazon.Runtime;
using Amazon.S3;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Activities.Tests;

public sealed class AwsFaultsTests
{
    [Theory]
    [InlineData("ThrottlingException", 400)]
    [InlineData("TooManyRequestsException", 400)]
    [InlineData("SlowDown", 503)]
    [InlineData("InternalServiceException", 500)]
    [InlineData(null, 502)]
    [InlineData("RequestTimeout", 400)]
    public void What_passes_is_told_by_code_or_status(string? code, int status)
    {
        var fault = Fault(code, status);

        AwsErrorClassifier.IsTransient(fault).ShouldBeTrue();
        AwsErrorClassifier.ToPermanentFailure(fault, "glue:GetTable").ShouldBeNull();
    }

    [Theory]
    [InlineData("AccessDeniedException", 400, FailureTypes.MissingPermission)]
    [InlineData("ExpiredTokenException", 400, FailureTypes.MissingPermission)]
    [InlineData("AccessDenied", 403, FailureTypes.MissingPermission)]
    [InlineData("NoSuchBucket", 404, FailureTypes.MissingResource)]
    [InlineData("ValidationException", 400, FailureTypes.RejectedRequest)]
    public void What_stays_ends_the_step_with_a_type_and_the_action(string code, int status, string type)
    {
        var fault = Fault(code, status);

        AwsErrorClassifier.IsTransient(fault).ShouldBeFalse();
        var failure = AwsErrorClassifier.ToPermanentFailure(fault, "s3:PutObject").ShouldNotBeNull();
        failure.ErrorType.ShouldBe(type);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain("s3:PutObject");
    }

    [Theory]
    [InlineData("EntityNotFoundException")]
    [InlineData("ConcurrentModificationException")]
    [InlineData("PreconditionFailed")]
    public void What_callers_look_at_themselves_is_left_to_them(string code)
    {
        AwsErrorClassifier.IsTransient(Fault(code, 400)).ShouldBeFalse();
        AwsErrorClassifier.ToPermanentFailure(Fault(code, 400), "glue:UpdateTable").ShouldBeNull();
    }

    [Fact]
    public void A_permanent_failure_does_not_repeat_what_AWS_said()
    {
        var fault = new AmazonS3Exception("row of jane@example.com", ErrorType.Sender, "AccessDenied", "1", HttpStatusCode.Forbidden);

        AwsErrorClassifier.ToPermanentFailure(fault, "s3:GetObject").ShouldNotBeNull().ToString().ShouldNotContain("jane");
    }

    [Fact]
    public void A_broken_connection_passes() => AwsErrorClassifier.IsTransient(new HttpRequestException("reset")).ShouldBeTrue();

    private static AmazonGlueException Fault(string? code, int status) =>
        new("said by AWS", null, ErrorType.Sender, code, "request-1", (HttpStatusCode)status);
}
