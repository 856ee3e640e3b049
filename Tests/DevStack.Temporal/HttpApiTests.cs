using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stedi.DevStack.Temporal.Http;
using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Stedi.DevStack.Temporal.Tests;

public sealed class HttpApiTests : IAsyncLifetime, IDisposable
{
    private const string Workflows = "/api/v1/namespaces/default/workflows";
    private readonly HttpClient _http = new();
    private TemporalServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TemporalServer.StartAsync(new() { UiPort = 0 });
        _http.BaseAddress = _server.UiAddress;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("/api/v1/settings", "DefaultNamespace")]
    [InlineData("/api/v1/cluster-info", "serverVersion")]
    [InlineData("/api/v1/system-info", "capabilities")]
    [InlineData("/api/v1/namespaces", "namespaces")]
    [InlineData("/api/v1/namespaces/default", "namespaceInfo")]
    [InlineData("/api/v1/namespaces/default/search-attributes", "systemAttributes")]
    [InlineData("/api/v1/namespaces/default/workflow-count?query=WorkflowType=%22none%22", null)]
    [InlineData("/api/v1/namespaces/default/schedules", null)]
    [InlineData("/api/v1/namespaces/default/schedule-count", null)]
    [InlineData("/api/v1/namespaces/default/task-queues/any?taskQueueType=1", "taskQueueStatus")]
    [InlineData("/api/v1/namespaces/default/workers?pageSize=100&nextPageToken=&query=TaskQueue=%22any%22", null)]
    public async Task Get_PathUsedByWebUi_Succeeds(string path, string? member)
    {
        var json = await _http.GetFromJsonAsync<JsonElement>(path);

        if (member is not null)
        {
            json.TryGetProperty(member, out _).ShouldBeTrue(json.ToString());
        }
    }

    [Fact]
    public async Task Diagnostics_WhenTimeIsNotSkipped_SaysWhy()
    {
        (await _http.GetFromJsonAsync<JsonElement>("/diagnostics")).GetProperty("timeSkipping").GetBoolean().ShouldBeFalse();
        await using var skipping = await TemporalServer.StartAsync(new() { UiPort = 0, TimeSkipping = true });

        var diagnostics = await _http.GetFromJsonAsync<JsonElement>(new Uri(skipping.UiAddress!, "/diagnostics"));

        diagnostics.GetProperty("timeHeldBy").GetString()!.ShouldContain("1 client lock");
    }

    [Fact]
    public async Task Workflow_OverHttp_IsStartedListedReadSignalledAndTerminated()
    {
        const string id = "with/slash and space";
        var started = await PostAsync($"{Workflows}/{Uri.EscapeDataString(id)}", new
        {
            workflowType = new { name = "Any" },
            task_queue = new { name = "queue" },
            unknown_field = 1,
            input = new { payloads = new[] { new { metadata = new { encoding = "anNvbi9wbGFpbg==" }, data = "e30=" } } },
        });
        var run = started.GetProperty("runId").GetString();

        var listed = await _http.GetFromJsonAsync<JsonElement>($"{Workflows}?pageSize=10&query={Uri.EscapeDataString($"WorkflowId = '{id}'")}");
        listed.GetProperty("executions")[0].GetProperty("status").GetString().ShouldBe("WORKFLOW_EXECUTION_STATUS_RUNNING");
        await PostAsync($"{Workflows}/{Uri.EscapeDataString(id)}/signal/poke?execution.runId={run}", new { });
        await PostAsync($"{Workflows}/{Uri.EscapeDataString(id)}/terminate", new { reason = "not needed" });

        var described = await _http.GetFromJsonAsync<JsonElement>($"{Workflows}/{Uri.EscapeDataString(id)}?execution.runId={run}");
        described.GetProperty("workflowExecutionInfo").GetProperty("status").GetString().ShouldBe("WORKFLOW_EXECUTION_STATUS_TERMINATED");
        var history = await _http.GetFromJsonAsync<JsonElement>($"{Workflows}/{Uri.EscapeDataString(id)}/history-reverse?execution.runId={run}&maximumPageSize=2");
        var events = history.GetProperty("history").GetProperty("events");
        events.GetArrayLength().ShouldBe(2);
        events[0].GetProperty("eventType").GetString().ShouldBe("EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED");
        events[1].GetProperty("eventId").GetString().ShouldBe("3");
    }

    [Theory]
    [InlineData($"{Workflows}/no-such-workflow", HttpStatusCode.NotFound, 5)]
    [InlineData("/api/v1/namespaces/no-such-namespace/workflows", HttpStatusCode.NotFound, 5)]
    [InlineData($"{Workflows}?query=WorkflowId%20%3D", HttpStatusCode.BadRequest, 3)]
    [InlineData($"{Workflows}?pageSize=many", HttpStatusCode.BadRequest, 3)]
    [InlineData("/api/v1/namespaces/default/batch-operations", HttpStatusCode.NotImplemented, 12)]
    public async Task Get_WithError_ReturnsStatusCodeAndMessage(string path, HttpStatusCode status, int code)
    {
        var response = await _http.GetAsync(path);

        response.StatusCode.ShouldBe(status);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>();
        error.GetProperty("code").GetInt32().ShouldBe(code);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "evil.example")]
    public async Task Request_FromAnotherSite_IsForbidden(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Workflows}/any");
        request.Headers.TryAddWithoutValidation(header, value);

        (await _http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Get_StaticFile_ServesPageFilesOnly()
    {
        (await _http.GetStringAsync("/")).ShouldContain("<title>Workflows</title>");
        (await _http.GetStringAsync("/..%2f..%2fetc/passwd")).ShouldContain("<title>Workflows</title>");
        (await _http.GetAsync("/page/no-such.js")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _http.GetAsync("/page/..%2fschema.sql")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Page_SecurityHeaders_AllowOwnScriptsOnlyAndNoFrame()
    {
        var policy = (await _http.GetAsync("/")).Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();

        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
    }

    [Fact]
    public async Task Render_WithMarkdown_ReturnsPlainText()
    {
        var shown = await _http.GetStringAsync("/render?theme=dark&content=%3Cscript%3Ealert(1)%3C/script%3E%20%26%20more");

        shown.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more");
        shown.ShouldNotContain("<script");
    }

    [Fact]
    public async Task HistoryDownload_OfLongRun_ReturnsAllEvents()
    {
        var started = await PostAsync($"{Workflows}/down%2Fload", new { workflowType = new { name = "Any" }, taskQueue = new { name = "queue" } });
        var run = started.GetProperty("runId").GetString();

        var events = await _http.GetFromJsonAsync<JsonElement>($"{Workflows}/down%2Fload/run/{run}/history.json");

        events.EnumerateArray().Select(e => e.GetProperty("eventType").GetString())
            .ShouldBe(["EVENT_TYPE_WORKFLOW_EXECUTION_STARTED", "EVENT_TYPE_WORKFLOW_TASK_SCHEDULED"]);
        (await _http.GetAsync($"{Workflows}/no-such/run/{run}/history.json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Count_WithSchedule_CountsItAsScheduleNotAsRun()
    {
        await PostAsync("/api/v1/namespaces/default/schedules/nightly", new
        {
            schedule = new
            {
                spec = new { interval = new[] { new { interval = "3600s" } } },
                action = new { startWorkflow = new { workflowId = "night", workflowType = new { name = "Any" }, taskQueue = new { name = "queue" } } },
            },
        });

        (await CountAsync("workflow-count?query=TemporalNamespaceDivision=%22TemporalScheduler%22%20AND%20ExecutionStatus=%22Running%22")).ShouldBe("1");
        (await CountAsync("schedule-count")).ShouldBe("1");
        (await _http.GetStringAsync("/api/v1/namespaces/default/workflow-count?query=")).ShouldNotContain("count");
    }

    [Fact]
    public async Task PageGraph_WhenRequested_IsReadFromHost()
    {
        var content = new PageGraphContent("So far", []);
        await using var other = await TemporalServer.StartAsync(new()
        {
            UiPort = 0,
            PageGraphs =
            [
                new("Things", _ => Task.FromResult(content)),
                new("Broken", _ => throw new InvalidOperationException("no disk")),
            ],
        });
        using var client = new HttpClient { BaseAddress = other.UiAddress };
        content = new("Now", [new("b", "kind", ["a"], [new("x", ["a.y"], "cast")])]);

        (await client.GetStringAsync("/page/graphs")).ShouldBe("""["Things","Broken"]""");
        (await client.GetStringAsync("/page/graphs/0")).ShouldBe(
            """{"title":"Things","caption":"Now","nodes":[{"name":"b","group":"kind","inputs":["a"],"details":[{"name":"x","origins":["a.y"],"how":"cast"}]}]}""");
        var failed = await client.GetAsync("/page/graphs/1");
        failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await failed.Content.ReadAsStringAsync()).ShouldContain("Broken cannot be read: no disk");
        (await client.GetAsync("/page/graphs/2")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Dispose_WithOpenPolls_StopsAtOnce()
    {
        var client = await TemporalClient.ConnectAsync(new(_server.Target));
        var poll = client.WorkflowService.PollWorkflowTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = "q" } }, new() { Retry = false });
        await Scenario.EventuallyAsync(async () => (await client.WorkflowService.DescribeTaskQueueAsync(
            new() { Namespace = "default", TaskQueue = new() { Name = "q" }, TaskQueueType = TaskQueueType.Workflow })).Pollers.Count > 0);

        // A poll may take a minute.
        await _server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        await Should.ThrowAsync<Exception>(() => poll);
    }

    private async Task<string?> CountAsync(string path) =>
        (await _http.GetFromJsonAsync<JsonElement>($"/api/v1/namespaces/default/{path}")).GetProperty("count").GetString();

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        var response = await _http.PostAsJsonAsync(path, body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
