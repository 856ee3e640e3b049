using System.Net;
using System.Text;
using Amazon.Athena;
using Amazon.Glue;
using Amazon.Glue.Model;

// What trimming could take away: the JSON of requests and answers, constants, and errors by their type.
using var listener = new HttpListener();
var endpoint = $"http://127.0.0.1:{args[0]}/";
listener.Prefixes.Add(endpoint);
listener.Start();
var answering = AnswerAsync();

using var glue = new AmazonGlueClient("key", "secret", new AmazonGlueConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
using var athena = new AmazonAthenaClient("key", "secret", new AmazonAthenaConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
var crawler = (await glue.GetCrawlerAsync(new() { Name = "c" })).Crawler;
Require(crawler.State == CrawlerState.READY && crawler.LastCrawl.StartTime == DateTime.UnixEpoch.AddMilliseconds(1500), "a crawler is read");
var query = (await athena.GetQueryExecutionAsync(new() { QueryExecutionId = "q" })).QueryExecution;
Require(query.Status.State == QueryExecutionState.SUCCEEDED && query.Statistics.DataScannedInBytes == 7, "a query is read");
try
{
    await glue.UpdateTableAsync(new() { DatabaseName = "d", TableInput = new() { Name = "t", Parameters = new() { ["k"] = "v" } }, VersionId = "1" });
    Require(false, "an error is thrown");
}
catch (ConcurrentModificationException e)
{
    Require(e.Message.Contains("\"k\":\"v\"", StringComparison.Ordinal), "a request is written");
}

listener.Stop();
await answering;
Console.WriteLine("The trimmed clients work.");

static void Require(bool holds, string what)
{
    if (!holds)
    {
        throw new InvalidOperationException($"Trimmed, it does not hold that {what}.");
    }
}

async Task AnswerAsync()
{
    while (true)
    {
        HttpListenerContext context;
        try
        {
            context = await listener.GetContextAsync();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            return;
        }

        using var reader = new StreamReader(context.Request.InputStream);
        var asked = await reader.ReadToEndAsync();
        var (status, answer) = context.Request.Headers["X-Amz-Target"] switch
        {
            "AWSGlue.GetCrawler" => (200, """{"Crawler":{"Name":"c","State":"READY","LastCrawl":{"Status":"SUCCEEDED","StartTime":1.5}}}"""),
            "AmazonAthena.GetQueryExecution" => (200, """{"QueryExecution":{"Status":{"State":"SUCCEEDED"},"Statistics":{"DataScannedInBytes":7}}}"""),
            _ => (400, $$"""{"__type":"ConcurrentModificationException","Message":"{{asked.Replace("\"", "\\\"", StringComparison.Ordinal)}}"}"""),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        context.Response.Close();
    }
}
