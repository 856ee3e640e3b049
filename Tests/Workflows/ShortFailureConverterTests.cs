using Temporalio.Api.Failure.V1;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows.Tests;

/// <summary>What the Temporal UI shows of failures.</summary>
public sealed class ShortFailureConverterTests
{
    [Fact]
    public void ToFailure_OfAnyException_IsOneLineWithATypeAlone()
    {
        var failure = ToFailure(() => throw new InvalidOperationException("Two\r\n  lines.", new IOException("cause")));

        failure.Message.ShouldBe("Two lines.");
        failure.ApplicationFailureInfo.Type.ShouldBe(nameof(InvalidOperationException));
        failure.StackTrace.ShouldBeEmpty();
        failure.Cause.ShouldBeNull();
    }

    [Fact]
    public void ToFailure_OfALongMessage_CutsItBetweenCharacters()
    {
        var failure = ToFailure(() => throw new ApplicationFailureException(string.Concat(Enumerable.Repeat("\U0001F600", 500)), "Long", nonRetryable: true));

        failure.CalculateSize().ShouldBeInRange(700, 1023);
        failure.Message.ShouldEndWith("\U0001F600...");
        failure.ApplicationFailureInfo.NonRetryable.ShouldBeTrue();
    }

    [Fact]
    public void ToFailure_OfAFailedStep_BeginsWithWhatTheStepSaid()
    {
        var failure = ToFailure(() => throw Step(new() { Message = "No landing files.", StackTrace = "at Crawl", ApplicationFailureInfo = new() { Type = "BrokenContract" } }));

        failure.Message.ShouldBe("No landing files.");
        failure.ActivityFailureInfo.ShouldNotBeNull();
        failure.Cause.ApplicationFailureInfo.Type.ShouldBe("BrokenContract");
        failure.Cause.StackTrace.ShouldBeEmpty();
    }

    [Fact]
    public void ToFailure_OfAStepThatTimedOut_TellsItsLastFailure()
    {
        var last = new Failure { Message = "Glue is down.", ApplicationFailureInfo = new() };

        ToFailure(() => throw Step(new() { Message = "activity ScheduleToClose timeout", TimeoutFailureInfo = new(), Cause = last }))
            .Message.ShouldBe("activity ScheduleToClose timeout: Glue is down.");
    }

    private static Exception Step(Failure cause) => StediDataConverter.Instance.FailureConverter.ToException(
        new() { Message = "Activity task failed", ActivityFailureInfo = new() { ActivityId = "1", ActivityType = new() { Name = "Crawl" } }, Cause = cause }, StediDataConverter.Instance.PayloadConverter);

    private static Failure ToFailure(Action act) =>
        StediDataConverter.Instance.FailureConverter.ToFailure(Should.Throw<Exception>(act), StediDataConverter.Instance.PayloadConverter);
}
