using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

public sealed class SearchAttributeTests(ConformanceServer server)
{
    private static readonly SearchAttributeKey<bool> Flag = SearchAttributeKey.CreateBool("StediFlag");
    private static readonly SearchAttributeKey<DateTimeOffset> Moment = SearchAttributeKey.CreateDateTimeOffset("StediMoment");
    private static readonly SearchAttributeKey<double> Share = SearchAttributeKey.CreateDouble("StediShare");
    private static readonly SearchAttributeKey<string> Zone = SearchAttributeKey.CreateKeyword("StediZone");
    private static readonly SearchAttributeKey<IReadOnlyCollection<string>> Tables = SearchAttributeKey.CreateKeywordList("StediTables");
    private static readonly SearchAttributeKey<long> Rows = SearchAttributeKey.CreateLong("StediRows");
    private static readonly SearchAttributeKey<string> Remark = SearchAttributeKey.CreateText("StediRemark");

    [Fact]
    public Task Describe_WithAttributesOfAllTypesAndMemo_ReturnsThem() => RunAsync(async scenario =>
    {
        await Scenario.RegisterAsync(server.Client, Flag, Moment, Share, Zone, Tables, Rows, Remark);
        var attributes = new SearchAttributeCollection.Builder()
            .Set(Flag, true).Set(Moment, new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)).Set(Share, 123.45).Set(Zone, "trusted")
            .Set(Tables, ["customer", "steps"]).Set(Rows, 678).Set(Remark, "some text").ToSearchAttributeCollection();
        var options = scenario.Options();
        options.TypedSearchAttributes = attributes;
        options.Memo = new Dictionary<string, object> { ["notes"] = new[] { "one", "two" } };

        var handle = await scenario.StartAsync((MarkedWorkflow wf) => wf.RunAsync("nothing"), options);
        await handle.GetResultAsync();

        var description = await handle.DescribeAsync();
        description.TypedSearchAttributes.ShouldBe(attributes);
        (await description.Memo["notes"].ToValueAsync<string[]>()).ShouldBe(["one", "two"]);
    });

    [Fact]
    public async Task Start_WithUnregisteredAttribute_IsRejectedNamingIt()
    {
        var options = new WorkflowOptions($"wf-{Guid.NewGuid()}", Scenario.NewQueue())
        {
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(SearchAttributeKey.CreateKeyword("UnregisteredAttribute"), "x").ToSearchAttributeCollection(),
        };

        var error = await Should.ThrowAsync<RpcException>(() => server.Client.StartWorkflowAsync((MarkedWorkflow wf) => wf.RunAsync("nothing"), options));

        error.Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
        error.Message.ShouldContain("no mapping defined for search attribute UnregisteredAttribute");
    }

    [Fact]
    public async Task Start_WithAttributeOfWrongType_IsRejected()
    {
        await Scenario.RegisterAsync(server.Client, Rows);
        var options = new WorkflowOptions($"wf-{Guid.NewGuid()}", Scenario.NewQueue())
        {
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(SearchAttributeKey.CreateKeyword(Rows.Name), "many").ToSearchAttributeCollection(),
        };

        var error = await Should.ThrowAsync<RpcException>(() => server.Client.StartWorkflowAsync((MarkedWorkflow wf) => wf.RunAsync("nothing"), options));

        error.Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
        error.Message.ShouldContain("StediRows");
    }

    [Fact]
    public Task UpsertSearchAttributes_InWorkflow_ChangesListResults() => RunAsync(async scenario =>
    {
        await Scenario.RegisterAsync(server.Client, Zone, Rows);
        var options = scenario.Options();
        options.TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(Zone, "landing").Set(Rows, 1).ToSearchAttributeCollection();

        var handle = await scenario.StartAsync((MarkedWorkflow wf) => wf.RunAsync("move"), options);
        await handle.GetResultAsync();

        (await handle.DescribeAsync()).TypedSearchAttributes.ShouldBe(new SearchAttributeCollection.Builder().Set(Zone, "curated").ToSearchAttributeCollection());
        (await server.Client.CountWorkflowsAsync($"WorkflowId = '{handle.Id}' AND StediZone = 'curated' AND StediRows IS NULL")).Count.ShouldBe(1);
    });

    [Fact]
    public Task UpsertSearchAttributes_WithUnknownAttribute_FailsTaskNamingIt() => RunAsync(async scenario =>
    {
        var handle = await server.Client.StartWorkflowAsync((MarkedWorkflow wf) => wf.RunAsync("unknown"), scenario.Options());

        await Scenario.EventuallyAsync(async () => (await Scenario.EventsAsync(handle)).Any(e => e.EventType == EventType.WorkflowTaskFailed));

        var failed = (await Scenario.EventAsync(handle, EventType.WorkflowTaskFailed)).WorkflowTaskFailedEventAttributes;
        failed.Cause.ShouldBe(WorkflowTaskFailedCause.BadSearchAttributes);
        failed.Failure.Message.ShouldContain("UnregisteredAttribute");
        await handle.TerminateAsync();
    });

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(server.Client, options => options.AddWorkflow<MarkedWorkflow>(), body);

    [Workflow]
    public sealed class MarkedWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync(string what)
        {
            if (what == "move")
            {
                Workflow.UpsertTypedSearchAttributes(Zone.ValueSet("curated"), Rows.ValueUnset());
            }
            else if (what == "unknown")
            {
                Workflow.UpsertTypedSearchAttributes(SearchAttributeKey.CreateKeyword("UnregisteredAttribute").ValueSet("x"));
                await Workflow.DelayAsync(1);
            }
        }
    }
}
