using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Stedi.Testing.Faults;

/// <summary>A fault of a call. The call does not reach the endpoint unless the fault's summary says so.</summary>
internal sealed class Fault
{
    private readonly Func<ProxiedCall, Task> _apply;

    private Fault(string name, Func<ProxiedCall, Task> apply)
    {
        Name = name;
        _apply = apply;
    }

    public string Name { get; }

    /// <summary>AWS throttles the call: <c>ThrottlingException</c>, or S3's <c>SlowDown</c>.</summary>
    public static Fault Throttling { get; } = Error("ThrottlingException", 400, s3: ("SlowDown", 503));

    /// <summary>The other error code for throttling.</summary>
    public static Fault TooManyRequests { get; } = Error("TooManyRequestsException", 400, s3: ("TooManyRequestsException", 429));

    /// <summary>The service failed.</summary>
    public static Fault ServerError { get; } = Error("InternalServiceException", 500, s3: ("InternalError", 500));

    /// <summary>A proxy answers in AWS's place.</summary>
    public static Fault OddAnswer { get; } = new(nameof(OddAnswer), call => call.AnswerAsync(new ProxiedAnswer(502, new Dictionary<string, string[]> { ["Content-Type"] = ["text/html"] }, "<html>Bad gateway</html>"u8.ToArray())));

    public static Fault ExpiredCredentials { get; } = Error("ExpiredTokenException", 400, s3: ("ExpiredToken", 400));

    public static Fault AccessDenied { get; } = Error("AccessDeniedException", 400, s3: ("AccessDenied", 403));

    /// <summary>The connection breaks before the call reaches the endpoint.</summary>
    public static Fault Reset { get; } = new(nameof(Reset), call =>
    {
        call.Reset();
        return Task.CompletedTask;
    });

    /// <summary>There is no response until the client gives up. The call does not reach the endpoint.</summary>
    public static Fault Stall { get; } = new(nameof(Stall), WaitForClientAsync);

    /// <summary>The call reaches the endpoint. Its response stops in the middle until the client gives up.</summary>
    public static Fault StallInTheAnswer { get; } = new(nameof(StallInTheAnswer), async call =>
    {
        await AnswerHalfAsync(call);
        await WaitForClientAsync(call);
    });

    /// <summary>The call reaches the endpoint. The connection breaks in the middle of its response.</summary>
    public static Fault TruncatedAnswer { get; } = new(nameof(TruncatedAnswer), async call =>
    {
        await AnswerHalfAsync(call);
        call.Reset();
    });

    /// <summary>The call reaches the endpoint, which executes it. The response is lost.</summary>
    public static Fault LostAnswer { get; } = new(nameof(LostAnswer), async call =>
    {
        await call.ForwardAsync();
        call.Reset();
    });

    /// <summary>A batch call succeeds with a response in which every entry failed. It does not reach the endpoint.</summary>
    public static Fault EntriesFail { get; } = new(nameof(EntriesFail), call => call.AnswerAsync(FailedEntries.Of(call)));

    /// <summary>An error of the service's protocol.</summary>
    /// <param name="code">The code, for Glue and Athena.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="s3">Code and status for S3, if they differ.</param>
    public static Fault Error(string code, int status, (string Code, int Status)? s3 = null) => new(code, call => call.AnswerAsync(
        call.Operation.Service switch
        {
            "s3" => ErrorAnswer.Xml(s3?.Code ?? code, s3?.Status ?? status),
            "sts" => ErrorAnswer.Query(code, status),
            _ => ErrorAnswer.Json(code, status),
        }));

    /// <summary>The call reaches the endpoint, and its response is changed, for example to a failure that cannot be provoked.</summary>
    public static Fault Changed(string name, Action<JsonNode> change) => new(name, async call =>
    {
        var answer = await call.ForwardAsync();
        var json = JsonNode.Parse(answer.Body)!;
        change(json);
        await call.AnswerAsync(answer with { Body = System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()) });
    });

    /// <summary>Another action runs first; then the call reaches the endpoint, too late.</summary>
    public static Fault Overtaken(Func<Task> first) => new(nameof(Overtaken), async call =>
    {
        await first();
        await call.AnswerAsync(await call.ForwardAsync());
    });

    /// <summary>GetCrawler returns that the last crawl, if there was one, failed.</summary>
    public static Fault CrawlsFail { get; } = Changed(nameof(CrawlsFail), answer =>
    {
        if (answer["Crawler"]?["LastCrawl"] is JsonObject crawl)
        {
            crawl["Status"] = "FAILED";
        }
    });

    /// <summary>GetQueryResults returns no rows but the header for queries that count violations.</summary>
    public static Fault AuditsHaveNoRows { get; } = Changed(nameof(AuditsHaveNoRows), answer =>
    {
        var rows = answer["ResultSet"]!["Rows"]!.AsArray();
        if (rows.Count > 0 && rows[0]!["Data"]!.AsArray().Any(cell => (string?)cell!["VarCharValue"] == "violations"))
        {
            answer["ResultSet"]!["Rows"] = new JsonArray(rows[0]!.DeepClone());
        }
    });

    /// <summary>GetQueryExecution returns that the query ended without success.</summary>
    /// <param name="state">FAILED or CANCELLED.</param>
    /// <param name="retryable">Whether Athena reports that a retry may succeed.</param>
    public static Fault QueryEnds(string state, bool retryable) => Changed($"query {state}", answer =>
    {
        var status = answer["QueryExecution"]!["Status"]!.AsObject();
        status["State"] = state;
        status["StateChangeReason"] = $"The test says {state}.";
        status["CompletionDateTime"] = status["SubmissionDateTime"]?.DeepClone();
        status["AthenaError"] = new JsonObject { ["ErrorCategory"] = retryable ? 1 : 2, ["ErrorType"] = retryable ? 233 : 1004, ["Retryable"] = retryable, ["ErrorMessage"] = $"The test says {state}." };
    });

    /// <summary>The fault with a name, for tests that take it as an argument.</summary>
    public static Fault Named(string name) => (Fault)typeof(Fault).GetProperty(name)!.GetValue(null)!;

    public Task ApplyAsync(ProxiedCall call) => _apply(call);

    public override string ToString() => Name;

    private static async Task AnswerHalfAsync(ProxiedCall call)
    {
        var answer = await call.ForwardAsync();
        await call.AnswerAsync(answer, answer.Body.Length / 2);
    }

    private static Task WaitForClientAsync(ProxiedCall call) =>
        Task.Delay(Timeout.Infinite, call.ClientGone).ContinueWith(_ => { }, TaskScheduler.Default);
}

/// <summary>Error responses in the services' formats.</summary>
internal static class ErrorAnswer
{
    private const string Message = "The test asked for this.";

    public static ProxiedAnswer Json(string code, int status) =>
        Of(status, "application/x-amz-json-1.1", $$"""{"__type":"{{code}}","Message":"{{Message}}"}""");

    public static ProxiedAnswer Xml(string code, int status) =>
        Of(status, "application/xml", $"""<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{Message}</Message></Error>""");

    public static ProxiedAnswer Query(string code, int status) =>
        Of(status, "text/xml", $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{Message}</Message></Error><RequestId>fault</RequestId></ErrorResponse>");

    public static ProxiedAnswer Of(int status, string contentType, string body) => new(
        status,
        new Dictionary<string, string[]> { ["Content-Type"] = [contentType], ["x-amzn-RequestId"] = ["fault"] },
        Encoding.UTF8.GetBytes(body));
}

/// <summary>The response to a batch call whose entries all failed. Its HTTP status is success.</summary>
internal static class FailedEntries
{
    private const string Code = "InternalServiceException";

    public static ProxiedAnswer Of(ProxiedCall call) => call.Operation.ToString() switch
    {
        "athena:BatchGetQueryExecution" => Json("UnprocessedQueryExecutionIds", Request(call)["QueryExecutionIds"]!, id => new()
        {
            ["QueryExecutionId"] = id.DeepClone(),
            ["ErrorCode"] = Code,
            ["ErrorMessage"] = "The test asked for this.",
        }),
        "s3:DeleteObjects" => ErrorAnswer.Of(200, "application/xml", DeleteResult(call)),
        _ => throw new NotSupportedException($"{call.Operation} is no batch call."),
    };

    private static JsonNode Request(ProxiedCall call) => JsonNode.Parse(call.Body)!;

    private static ProxiedAnswer Json(string list, JsonNode entries, Func<JsonNode, JsonObject> fail) =>
        ErrorAnswer.Of(200, "application/x-amz-json-1.1", new JsonObject { [list] = new JsonArray([.. entries.AsArray().Select(entry => fail(entry!))]) }.ToJsonString());

    private static string DeleteResult(ProxiedCall call)
    {
        // The body may come in signed chunks: the document is between the first and the last angle bracket.
        var text = Encoding.UTF8.GetString(call.Body);
        var document = XElement.Parse(text[text.IndexOf('<', StringComparison.Ordinal)..(text.LastIndexOf('>') + 1)]);
        var keys = document.Descendants().Where(element => element.Name.LocalName == "Key").Select(element => element.Value);
        XNamespace s3 = "http://s3.amazonaws.com/doc/2006-03-01/";
        return new XElement(s3 + "DeleteResult", keys.Select(key =>
            new XElement(s3 + "Error", new XElement(s3 + "Key", key), new XElement(s3 + "Code", "InternalError"), new XElement(s3 + "Message", "The test asked for this.")))).ToString();
    }
}
