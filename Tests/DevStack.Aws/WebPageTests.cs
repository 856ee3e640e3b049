using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>Web pages in a browser can reach the port, but must not read or change the lake.</summary>
public sealed class WebPageTests(SharedAws shared, Browser browser) : AwsTest(shared), IClassFixture<Browser>
{
    private const string DeleteA = "<Delete><Object><Key>a</Key></Object></Delete>";

    [Theory]
    [InlineData("GET", "/a", "Host", "lake.example.com")]
    [InlineData("GET", "/a", "Sec-Fetch-Site", "cross-site")]
    [InlineData("GET", "/a", "Sec-Fetch-Site", "same-origin")]
    [InlineData("HEAD", "/a", "Sec-Fetch-Site", "same-site")]
    [InlineData("POST", "?delete", "Sec-Fetch-Site", "same-site")]
    [InlineData("POST", "?delete", "Origin", "http://127.0.0.1:3000")]
    [InlineData("POST", "?delete", "Origin", "null")]
    [InlineData("DELETE", "/a", "Origin", "http://localhost:3000")]
    [InlineData("PUT", "/a", "Origin", "chrome-extension://abcdef")]
    [InlineData("OPTIONS", "/a", "Origin", "http://127.0.0.1:3000")]
    public async Task Request_FromWebPage_IsForbiddenAndChangesNothing(string method, string target, string header, string value)
    {
        var bucket = await Aws.BucketAsync();
        await Aws.PutAsync(bucket, "a", "x");
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Aws.Endpoint, bucket + target));
        request.Headers.TryAddWithoutValidation(header, value);
        if (method == "OPTIONS")
        {
            request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "DELETE");
        }

        if (method is "POST" or "PUT")
        {
            request.Content = new StringContent(DeleteA);
        }

        await ShouldBeForbiddenAsync(request);
        await ShouldHoldAsync(bucket, "a", "x");
    }

    [Theory]
    [InlineData("application/x-amz-json-1.1", "AWSGlue.CreateDatabase", "{\"DatabaseInput\":{\"Name\":\"from_a_page\"}}")]
    [InlineData("application/x-www-form-urlencoded", "", "Action=GetCallerIdentity")]
    public async Task CallOfAnotherService_FromWebPage_IsForbidden(string contentType, string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Aws.Endpoint) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        request.Headers.TryAddWithoutValidation("Origin", Aws.Endpoint.GetLeftPart(UriPartial.Authority));
        if (operation.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("X-Amz-Target", operation);
        }

        await ShouldBeForbiddenAsync(request);
        (await Aws.GlueAsync("GetDatabases"))["DatabaseList"]!.ToJsonString().ShouldNotContain("from_a_page");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "none")] // A person opens an address.
    [InlineData("Sec-Fetch-Mode", "cors")] // Node's fetch.
    [InlineData("Referer", "http://127.0.0.1:3000/")]
    public async Task Request_FromPersonOrProgram_IsAnswered(string header, string value)
    {
        var bucket = await Aws.BucketAsync();
        await Aws.PutAsync(bucket, "a", "x");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Aws.Endpoint, $"{bucket}/a"));
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await http.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("no-cors")]
    [InlineData("form")]
    public async Task Post_FromPageOnAnotherLocalPort_DeletesNothing(string how)
    {
        var bucket = await Aws.BucketAsync();
        await Aws.PutAsync(bucket, "a", "x");
        await using var site = await PageAsync();
        var target = new Uri(Aws.Endpoint, $"{bucket}?delete");
        await using var window = await browser.OpenAsync(new Uri(site.Urls.Single()), 1000);
        await window.Page.GotoAsync("/");

        if (how == "form")
        {
            // The encoding text/plain sends fields as name=value, so the document is in the name.
            var answered = window.Page.WaitForResponseAsync(response => response.Url == target.ToString());
            await window.Page.EvaluateAsync(
                """
                ([target, body]) => {
                  const form = Object.assign(document.createElement('form'), { action: target, method: 'POST', enctype: 'text/plain' });
                  form.append(Object.assign(document.createElement('input'), { name: body + '<!--', value: '-->' }));
                  document.body.append(form);
                  form.submit();
                }
                """,
                new[] { target.ToString(), DeleteA });
            (await answered).Status.ShouldBe(403);
        }
        else
        {
            // "opaque" means that the request was sent and answered; fetch throws if the browser refuses to send it.
            (await window.Page.EvaluateAsync<string>(
                "([target, body]) => fetch(target, { method: 'POST', mode: 'no-cors', body }).then(response => response.type)",
                new[] { target.ToString(), DeleteA })).ShouldBe("opaque");
        }

        await ShouldHoldAsync(bucket, "a", "x");
    }

    private static async Task<WebApplication> PageAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Urls.Add("http://127.0.0.1:0");
        site.MapGet("/", () => Results.Content("<title>Another program of this machine</title>", "text/html"));
        await site.StartAsync(Cancellation);
        return site;
    }

    private static async Task ShouldBeForbiddenAsync(HttpRequestMessage request)
    {
        using var http = new HttpClient();
        using var response = await http.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Headers.ShouldNotContain(header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        if (request.Method != HttpMethod.Head)
        {
            (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("This endpoint");
        }
    }

    private async Task ShouldHoldAsync(string bucket, string key, string text)
    {
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(Aws.Endpoint, $"{bucket}/{key}"), Cancellation)).ShouldBe(text);
    }
}
