using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stedi.DevStack.Temporal;
using Temporalio.Client;

namespace Stedi.Temporal.Tests.DevStack.Temporal;

public sealed class HttpApiTests : IAsyncLifetime, IDisposable
{
    private const string Workflows = "/api/v1/namespaces/default/workflows";
    private readonly HttpClient http = new();
    private TemporalServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TemporalServer.StartAsync(new() { UiPort = 0 });
        http.BaseAddress = server.UiAddress;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    public void Dispose() => http.Dispose();

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
    [InlineData("/api/v1/namespaces/default/workers?query=TaskQueue=%22any%22", null)]
    [InlineData("/api/v1/namespaces/default/worker-count?query=TaskQueue=%22any%22", null)]
    [InlineData("/api/v1/namespaces/default/task-queues/any?taskQueueType=1", "taskQueueStatus")]
    public async Task The_user_interface_finds_what_every_page_needs(string path, string? member)
    {
        var json = await http.GetFromJsonAsync<JsonElement>(path);

        if (member is not null)
        {
            json.TryGetProperty(member, out _).ShouldBeTrue(json.ToString());
        }
    }

    [Fact]
    public async Task Diagnostics_say_what_holds_time()
    {
        (await http.GetFromJsonAsync<JsonElement>("/diagnostics")).GetProperty("timeSkipping").GetBoolean().ShouldBeFalse();
        await using var skipping = await TemporalServer.StartAsync(new() { UiPort = 0, TimeSkipping = true });

        var diagnostics = await http.GetFromJsonAsync<JsonElement>(new Uri(skipping.UiAddress!, "/diagnostics"));

        diagnostics.GetProperty("timeHeldBy").GetString()!.ShouldContain("1 client lock");
    }

    [Fact]
    public async Task A_workflow_is_started_listed_read_signalled_and_terminated()
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

        var listed = await http.GetFromJsonAsync<JsonElement>($"{Workflows}?pageSize=10&query={Uri.EscapeDataString($"WorkflowId = '{id}'")}");
        listed.GetProperty("executions")[0].GetProperty("status").GetString().ShouldBe("WORKFLOW_EXECUTION_STATUS_RUNNING");
        await PostAsync($"{Workflows}/{Uri.EscapeDataString(id)}/signal/poke?execution.runId={run}", new { });
        await PostAsync($"{Workflows}/{Uri.EscapeDataString(id)}/terminate", new { reason = "seen enough" });

        var described = await http.GetFromJsonAsync<JsonElement>($"{Workflows}/{Uri.EscapeDataString(id)}?execution.runId={run}");
        described.GetProperty("workflowExecutionInfo").GetProperty("status").GetString().ShouldBe("WORKFLOW_EXECUTION_STATUS_TERMINATED");
        var history = await http.GetFromJsonAsync<JsonElement>($"{Workflows}/{Uri.EscapeDataString(id)}/history-reverse?execution.runId={run}&maximumPageSize=2");
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
    public async Task Errors_carry_status_code_and_message(string path, HttpStatusCode status, int code)
    {
        var response = await http.GetAsync(path);

        response.StatusCode.ShouldBe(status);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>();
        error.GetProperty("code").GetInt32().ShouldBe(code);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Host", "evil.example")]
    public async Task Another_sites_page_is_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Workflows}/any");
        request.Headers.TryAddWithoutValidation(header, value);

        (await http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_page_is_served_and_no_other_file_is()
    {
        (await http.GetStringAsync("/")).ShouldContain("<title>Workflows</title>");
        (await http.GetStringAsync("/..%2f..%2fetc/passwd")).ShouldContain("<title>Workflows</title>");
    }

    [Fact]
    public async Task The_server_stops_at_once_under_open_polls()
    {
        var client = await TemporalClient.ConnectAsync(new(server.Target));
        var poll = client.WorkflowService.PollWorkflowTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = "q" } }, new() { Retry = false });
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await server.DisposeAsync();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<Exception>(() => poll);
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        var response = await http.PostAsJsonAsync(path, body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
