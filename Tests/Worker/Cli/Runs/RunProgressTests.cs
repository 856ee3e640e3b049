using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Cli.Runs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;

namespace Stedi.Temporal.Worker.Tests.Cli.Runs;

public sealed class RunProgressTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private readonly RunProgress _progress = new();

    [Fact]
    public void Apply_WhenAStepCompletes_NamesItByItsSummaryAndTimesItByItsEvents()
    {
        _progress.Apply(Scheduled(5, "Crawl customer_landing"));
        _progress.Apply(Completed(7, 5, """{"files":2,"bytes":10}"""));

        var step = _progress.Steps.ShouldHaveSingleItem();
        step.Name.ShouldBe("Crawl customer_landing");
        step.State.ShouldBe(StepState.Done);
        step.Note.ShouldBe("2 files");
        step.Elapsed(Start.AddHours(1)).ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Apply_WhenAStepHasNoSummary_NamesItByItsActivityType()
    {
        _progress.Apply(Scheduled(5, null)).ShouldNotBeNull().Name.ShouldBe("Publish");
    }

    [Theory]
    [InlineData("""{"accepted":81273,"rejected":0}""", "81,273 lines")]
    [InlineData("""{"accepted":81273,"rejected":3}""", "81,273 lines, 3 rejected")]
    [InlineData("""{"table":"t","rows":40981}""", "40,981 rows")]
    [InlineData("""{"violations":0,"checked":9}""", "passed")]
    [InlineData("""{"violations":2,"checked":9}""", "2 violations")]
    [InlineData("""{"audit":{"violations":0},"leftOut":[]}""", "passed")]
    [InlineData("""{"outcome":"Published","generation":4}""", "snapshot 4")]
    [InlineData("null", null)]
    [InlineData("not json", null)]
    public void Apply_WhenAStepCompletes_SummarizesItsResult(string result, string? note)
    {
        _progress.Apply(Scheduled(5, "A step"));

        _progress.Apply(Completed(7, 5, result)).ShouldNotBeNull().Note.ShouldBe(note);
    }

    [Fact]
    public void Apply_WhenAnActivityIsRetried_ShowsAttemptAndReason()
    {
        _progress.Apply(Scheduled(5, "Stage customer_landing"));

        _progress.Apply([new PendingActivityInfo { ActivityId = "a5", State = PendingActivityState.Scheduled, Attempt = 3, LastFailure = new() { Message = "Rate exceeded\nmore" } }])
            .ShouldHaveSingleItem().State.ShouldBe(StepState.Retrying);

        StepFormat.Outcome(_progress.Steps[0]).ShouldBe("attempt 3: Rate exceeded");
    }

    [Fact]
    public void Apply_WhenAnEndedActivityIsStillListedAsPending_KeepsItDone()
    {
        _progress.Apply(Scheduled(5, "Publish"));
        _progress.Apply(Completed(7, 5, "null"));

        _progress.Apply([new PendingActivityInfo { ActivityId = "a5", State = PendingActivityState.Started, Attempt = 1 }]).ShouldBeEmpty();

        _progress.Steps[0].State.ShouldBe(StepState.Done);
    }

    [Fact]
    public void Apply_WhenTheWorkflowFails_IsClosed()
    {
        _progress.IsClosed.ShouldBeFalse();
        _progress.Apply(new HistoryEvent { EventType = EventType.WorkflowExecutionFailed });
        _progress.IsClosed.ShouldBeTrue();
    }

    private static HistoryEvent Scheduled(long id, string? summary) => new()
    {
        EventId = id,
        EventType = EventType.ActivityTaskScheduled,
        EventTime = Timestamp.FromDateTimeOffset(Start),
        ActivityTaskScheduledEventAttributes = new() { ActivityId = $"a{id}", ActivityType = new() { Name = "Publish" } },
        UserMetadata = summary is null ? null : new() { Summary = new() { Data = ByteString.CopyFromUtf8($"\"{summary}\"") } },
    };

    private static HistoryEvent Completed(long id, long scheduled, string json) => new()
    {
        EventId = id,
        EventType = EventType.ActivityTaskCompleted,
        EventTime = Timestamp.FromDateTimeOffset(Start.AddSeconds(2)),
        ActivityTaskCompletedEventAttributes = new()
        {
            ScheduledEventId = scheduled,
            Result = new Payloads { Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8(json) } } },
        },
    };
}
