using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Stedi.DevStack.Aws;
using Stedi.DevStack.Aws.Configuration;

namespace Stedi.Testing;

/// <summary>A local AWS over a temporary folder, and clients for it.</summary>
public sealed class AwsFixture : IAsyncDisposable
{
    public const string PrivilegedKey = "privileged";

    private readonly HttpClient _http = new();
    private LocalAws _aws;

    private AwsFixture(string directory, LocalAwsOptions options, LocalAws aws)
    {
        Directory = directory;
        Options = options;
        _aws = aws;
        S3 = NewS3("local");
    }

    public string Directory { get; }

    public LocalAwsOptions Options { get; }

    public AmazonS3Client S3 { get; private set; }

    public Uri Endpoint => _aws.Endpoint;

    public string Lake => Options.LakeDirectory;

    public static async Task<AwsFixture> StartAsync(Func<LocalAwsOptions, LocalAwsOptions>? configure = null)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("stedi-aws-").FullName;
        var options = new LocalAwsOptions { LakeDirectory = Path.Combine(directory, "lake"), StateDirectory = Path.Combine(directory, "state"), PrivilegedAccessKeys = [PrivilegedKey] };
        options = configure?.Invoke(options) ?? options;
        return new AwsFixture(directory, options, await LocalAws.StartAsync(options, TestContext.Current.CancellationToken));
    }

    /// <summary>Restarts the endpoint over the same folders.</summary>
    public async Task RestartAsync()
    {
        S3.Dispose();
        await _aws.DisposeAsync();
        _aws = await LocalAws.StartAsync(Options, TestContext.Current.CancellationToken);
        S3 = NewS3("local");
    }

    public AmazonS3Client NewS3(string accessKey, Action<AmazonS3Config>? configure = null)
    {
        var config = new AmazonS3Config { ServiceURL = Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, ForcePathStyle = true };
        configure?.Invoke(config);
        return new AmazonS3Client(new BasicAWSCredentials(accessKey, "secret"), config);
    }

    public async Task<string> BucketAsync()
    {
        var name = $"b-{Guid.NewGuid():N}";
        await S3.PutBucketAsync(name, TestContext.Current.CancellationToken);
        return name;
    }

    public Task PutAsync(string bucket, string key, string text) =>
        S3.PutObjectAsync(new() { BucketName = bucket, Key = key, ContentBody = text }, TestContext.Current.CancellationToken);

    public Task<JsonObject> GlueAsync(string operation, JsonObject? input = null, string accessKey = "local") => CallAsync("AWSGlue." + operation, input, accessKey);

    public Task<JsonObject> AthenaAsync(string operation, JsonObject? input = null, string accessKey = "local") => CallAsync("AmazonAthena." + operation, input, accessKey);

    public Task<HttpResponseMessage> PostAsync(string target, HttpContent content, string accessKey = "local") => PostAsync(_http, Endpoint, target, content, accessKey);

    /// <summary>Calls any local AWS, for operations that the product's clients do not have.</summary>
    /// <exception cref="AwsCallException">The response is an error.</exception>
    public static async Task<JsonObject> CallAsync(HttpClient http, Uri endpoint, string target, JsonObject? input, string accessKey)
    {
        using var content = new StringContent((input ?? []).ToJsonString());
        content.Headers.ContentType = new("application/x-amz-json-1.1");
        using var response = await PostAsync(http, endpoint, target, content, accessKey);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
        return response.IsSuccessStatusCode ? body : throw new AwsCallException((string)body["__type"]!, (string)body["Message"]!, body);
    }

    public async ValueTask DisposeAsync()
    {
        S3.Dispose();
        _http.Dispose();
        await _aws.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, Uri endpoint, string target, HttpContent content, string accessKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
        request.Headers.Add("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={accessKey}/20260101/us-east-1/glue/aws4_request, SignedHeaders=host, Signature=0");
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private Task<JsonObject> CallAsync(string target, JsonObject? input, string accessKey) => CallAsync(_http, Endpoint, target, input, accessKey);
}

/// <summary>An error response of Glue or Athena.</summary>
public sealed class AwsCallException(string code, string message, JsonObject body) : Exception($"{code}: {message}")
{
    public string Code => code;

    public JsonObject Body => body;
}
