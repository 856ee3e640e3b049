using Google.Protobuf;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows.Tests;

/// <summary>Whatever somebody starts a workflow with, it runs or fails at once.</summary>
public sealed class InputPayloadTests(StubWorker worker)
{
    private const string Problem = "The run's input is invalid. The input is not one JSON object (encoding json/plain). Give {} for a run with all defaults.";

    public static TheoryData<string, string?, string> Unreadable
    {
        get
        {
            var unreadable = new TheoryData<string, string?, string>();
            foreach (var workflow in (string[])["LakehouseWorkflow", "RollbackWorkflow"])
            {
                unreadable.Add(workflow, "json/protobuf", "{}");
                unreadable.Add(workflow, "binary/plain", "{}");
                unreadable.Add(workflow, "binary/encrypted", "{}");
                unreadable.Add(workflow, null, "{}");
                unreadable.Add(workflow, "json/plain", "{\"");
                unreadable.Add(workflow, "json/plain", "");
            }

            return unreadable;
        }
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Start_WithAPayloadThatIsNoJson_FailsAtOnce(string workflow, string? encoding, string data)
    {
        var input = new RawValue(new() { Data = ByteString.CopyFromUtf8(data) });
        if (encoding is not null)
        {
            input.Payload.Metadata["encoding"] = ByteString.CopyFromUtf8(encoding);
        }

        await ShouldFailAsync(workflow, input);
    }

    [Theory]
    [InlineData("LakehouseWorkflow")]
    [InlineData("RollbackWorkflow")]
    public async Task Start_WithTwoArguments_FailsAtOnce(string workflow) => await ShouldFailAsync(workflow, new LakehouseInput(), new LakehouseInput());

    [Theory]
    [InlineData("LakehouseWorkflow")]
    [InlineData("RollbackWorkflow")]
    public async Task Start_WithoutAnArgument_Runs(string workflow)
    {
        var run = new StubRun();

        await worker.RunUntypedAsync(run, workflow);

        run.Calls[^1].ShouldBe("CleanUp");
    }

    private async Task ShouldFailAsync(string workflow, params object?[] arguments)
    {
        var run = new StubRun();

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => worker.RunUntypedAsync(run, workflow, arguments));

        var failure = failed.InnerException.ShouldBeOfType<ApplicationFailureException>();
        failure.Message.ShouldBe(Problem);
        failure.ErrorType.ShouldBe(FailureTypes.InvalidInput);
        failure.NonRetryable.ShouldBeTrue();
        run.Calls.ShouldBeEmpty();
    }
}
