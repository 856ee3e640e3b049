using Stedi.Testing;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

public sealed class VisibilityTests(ConformanceServer server)
{
    private static readonly SearchAttributeKey<string> Zone = SearchAttributeKey.CreateKeyword("StediZone");
    private static readonly SearchAttributeKey<long> Rows = SearchAttributeKey.CreateLong("StediRows");

    [Theory]
    [InlineData("ExecutionStatus = 'Completed'", 3)]
    [InlineData("ExecutionStatus IN ('Running', \"Terminated\")", 1)]
    [InlineData("StediRows > 1", 2)]
    [InlineData("StediRows BETWEEN 1 AND 2", 2)]
    [InlineData("StediZone = 'curated' OR StediRows = 1", 2)]
    [InlineData("NOT (StediZone = 'curated') AND StediZone IS NOT NULL", 2)]
    [InlineData("StediZone IS NULL", 1)]
    [InlineData("`StediZone` STARTS_WITH 'tru'", 2)]
    [InlineData("StartTime > '2020-01-01T00:00:00Z' AND CloseTime IS NOT NULL", 4)]
    [InlineData("ExecutionDuration < '1h'", 4)]
    [InlineData("StartTime < '2020-01-01T00:00:00Z'", 0)]
    [InlineData("WorkflowType = 'ListedWorkflow'", 4)]
    public Task List_WithQuery_ReturnsMatchingRuns(string query, int expected) => RunAsync(async (scenario, marker) =>
    {
        var found = await ListAsync($"TaskQueue = '{marker}' AND ({query})");
        found.Count.ShouldBe(expected);
        (await server.Client.CountWorkflowsAsync($"TaskQueue = '{marker}' AND ({query})")).Count.ShouldBe(expected);
        _ = scenario;
    });

    [Fact]
    public Task Count_GroupedByStatus_ReturnsGroups() => RunAsync(async (_, marker) =>
    {
        var count = await server.Client.CountWorkflowsAsync($"TaskQueue = '{marker}' GROUP BY ExecutionStatus");

        count.Count.ShouldBe(4);
        count.Groups.ToDictionary(g => (string)g.GroupValues.Single(), g => g.Count)
            .ShouldBe(new Dictionary<string, long> { ["Completed"] = 3, ["Terminated"] = 1 }, ignoreOrder: true);
    });

    [Fact]
    public Task List_OfSeveralPages_IsNewestFirstWithoutGaps() => RunAsync(async (_, marker) =>
    {
        var request = new Temporalio.Api.WorkflowService.V1.ListWorkflowExecutionsRequest
        {
            Namespace = server.Client.Options.Namespace,
            Query = $"TaskQueue = '{marker}'",
            PageSize = 3,
        };
        var first = await server.Client.WorkflowService.ListWorkflowExecutionsAsync(request);
        request.NextPageToken = first.NextPageToken;
        var second = await server.Client.WorkflowService.ListWorkflowExecutionsAsync(request);

        first.Executions.Count.ShouldBe(3);
        second.Executions.Count.ShouldBe(1);
        second.NextPageToken.IsEmpty.ShouldBeTrue();
        first.Executions.Concat(second.Executions).Select(e => e.StartTime.ToDateTimeOffset()).ShouldBeInOrder(SortDirection.Descending);
    });

    [Theory]
    [InlineData("NoSuchAttribute = 1", "NoSuchAttribute")]
    [InlineData("WorkflowId = ", "the end")]
    [InlineData("WorkflowId = 'a", "not closed")]
    [InlineData("(WorkflowId = 'a'", "expected )")]
    [InlineData("StartTime > 'yesterday'", "StartTime needs a time")]
    [InlineData("ExecutionStatus = 'Sleeping'", "Sleeping")]
    public async Task List_WithInvalidQuery_IsRejectedWithReason(string query, string reason)
    {
        var error = await Should.ThrowAsync<RpcException>(() => ListAsync(query));

        error.Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
        error.Message.ShouldContain(reason);
    }

    private async Task<List<WorkflowExecution>> ListAsync(string query)
    {
        List<WorkflowExecution> found = [];
        await foreach (var execution in server.Client.ListWorkflowsAsync(query))
        {
            found.Add(execution);
        }

        return found;
    }

    private Task RunAsync(Func<Scenario, string, Task> body) => Scenario.RunAsync(
        server.Client, options => options.AddWorkflow<ListedWorkflow>(), async scenario =>
        {
            await Scenario.RegisterAsync(server.Client, Zone, Rows);
            foreach (var (zone, rows) in new[] { ("trusted", 1L), ("trusted", 2), ("curated", 3) })
            {
                var options = scenario.Options();
                options.TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(Zone, zone).Set(Rows, rows).ToSearchAttributeCollection();
                await (await scenario.StartAsync((ListedWorkflow wf) => wf.RunAsync(false), options)).GetResultAsync();
            }

            var waiting = await scenario.StartAsync((ListedWorkflow wf) => wf.RunAsync(true));
            await waiting.TerminateAsync();
            await body(scenario, scenario.Queue);
        });

    [Workflow]
    public sealed class ListedWorkflow
    {
        [WorkflowRun]
        public Task RunAsync(bool waits) => Workflow.WaitConditionAsync(() => !waits);
    }
}
