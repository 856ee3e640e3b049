using System.Net;
using Amazon.Glue;
using Amazon.Runtime;
using Amazon.S3;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Activities.Tests;

public sealed class AwsErrorClassifierTests
{
    [Theory]
    [InlineData("ThrottlingException", 400)]
    [InlineData("TooManyRequestsException", 400)]
    [InlineData("SlowDown", 503)]
    [InlineData("InternalServiceException", 500)]
    [InlineData(null, 502)]
    [InlineData("RequestTimeout", 400)]
    public void IsTransient_WithTransientCodeOrStatus_IsTrueAndNotPermanent(string? code, int status)
    {
        var error = Error(code, status);

        AwsErrorClassifier.IsTransient(error).ShouldBeTrue();
        AwsErrorClassifier.ToPermanentFailure(error, "glue:GetTable").ShouldBeNull();
    }

    [Theory]
    [InlineData("Throttling")]
    [InlineData("ThrottlingException")]
    [InlineData("ThrottledException")]
    [InlineData("RequestThrottled")]
    [InlineData("RequestThrottledException")]
    [InlineData("TooManyRequestsException")]
    [InlineData("RequestLimitExceeded")]
    [InlineData("BandwidthLimitExceeded")]
    [InlineData("SlowDown")]
    [InlineData("PriorRequestNotComplete")]
    [InlineData("ProvisionedThroughputExceededException")]
    public void IsThrottling_WithACodeThatTheSdksRetryAsThrottling_IsTrue(string code)
    {
        AwsErrorClassifier.IsThrottling(Error(code, 400)).ShouldBeTrue();
        AwsErrorClassifier.IsTransientCode(code).ShouldBeTrue();
    }

    [Theory]
    [InlineData("RequestTimeout")]
    [InlineData("RequestTimeoutException")]
    [InlineData("OperationTimeoutException")]
    [InlineData("InternalServerException")]
    [InlineData("InternalServiceException")]
    [InlineData("InternalError")]
    [InlineData("InternalFailure")]
    [InlineData("ServiceUnavailable")]
    [InlineData("ServiceUnavailableException")]
    [InlineData("RequestTimeTooSkewed")]
    public void IsTransient_WithACodeOfTheService_IsTrueWhateverTheStatus(string code)
    {
        AwsErrorClassifier.IsTransient(Error(code, 400)).ShouldBeTrue();
        AwsErrorClassifier.IsTransientCode(code).ShouldBeTrue();
    }

    [Theory]
    [InlineData("AnyError", 499, false)]
    [InlineData("AnyError", 500, true)]
    public void IsTransient_WithAnUnknownCode_DependsOnTheStatus(string code, int status, bool isTransient)
    {
        AwsErrorClassifier.IsTransient(Error(code, status)).ShouldBe(isTransient);
        (AwsErrorClassifier.ToPermanentFailure(Error(code, status), "s3:GetObject") is null).ShouldBe(isTransient);
    }

    [Theory]
    [InlineData("AccessDeniedException", 400, FailureTypes.MissingPermission)]
    [InlineData("ExpiredTokenException", 400, FailureTypes.MissingPermission)]
    [InlineData("AccessDenied", 403, FailureTypes.MissingPermission)]
    [InlineData("NoSuchBucket", 404, FailureTypes.MissingResource)]
    [InlineData("ValidationException", 400, FailureTypes.RejectedRequest)]
    public void ToPermanentFailure_WithPermanentCode_HasTypeAndNamesAction(string code, int status, string type)
    {
        var error = Error(code, status);

        AwsErrorClassifier.IsTransient(error).ShouldBeFalse();
        var failure = AwsErrorClassifier.ToPermanentFailure(error, "s3:PutObject").ShouldNotBeNull();
        failure.ErrorType.ShouldBe(type);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain("s3:PutObject");
    }

    [Theory]
    [InlineData("EntityNotFoundException")]
    [InlineData("ConcurrentModificationException")]
    [InlineData("PreconditionFailed")]
    [InlineData("AlreadyExistsException")]
    [InlineData("CrawlerRunningException")]
    [InlineData("CrawlerNotRunningException")]
    [InlineData("CrawlerStoppingException")]
    [InlineData("VersionMismatchException")]
    [InlineData("ConditionalRequestConflict")]
    [InlineData("NoSuchKey")]
    [InlineData("NotFound")]
    [InlineData("InvalidRequestException")]
    public void ToPermanentFailure_WithErrorThatCallersHandle_IsNull(string code)
    {
        AwsErrorClassifier.IsTransient(Error(code, 400)).ShouldBeFalse();
        AwsErrorClassifier.ToPermanentFailure(Error(code, 400), "glue:UpdateTable").ShouldBeNull();
    }

    [Fact]
    public void ToPermanentFailure_OfADenial_RepeatsTheMessageOfAws() =>
        AwsErrorClassifier.ToPermanentFailure(Error("AccessDeniedException", 400), "glue:GetTable").ShouldNotBeNull().Message
            .ShouldStartWith("AWS denied glue:GetTable (AccessDeniedException, request request-1): message from AWS. Check");

    // Messages of denials name users, actions and resources only. Others may quote what was sent.
    [Fact]
    public void ToPermanentFailure_WhenAwsMessageQuotesData_DoesNotRepeatIt()
    {
        var error = new AmazonS3Exception("row of jane@example.com", ErrorType.Sender, "InvalidArgument", "1", HttpStatusCode.BadRequest);

        AwsErrorClassifier.ToPermanentFailure(error, "s3:GetObject").ShouldNotBeNull().ToString().ShouldNotContain("jane");
    }

    [Fact]
    public void IsTransient_WithBrokenConnection_IsTrue() => AwsErrorClassifier.IsTransient(new HttpRequestException("reset")).ShouldBeTrue();

    private static AmazonGlueException Error(string? code, int status) =>
        new("message from AWS", null, ErrorType.Sender, code, "request-1", (HttpStatusCode)status);
}
