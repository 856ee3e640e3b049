using Amazon;
using Amazon.Athena;
using Amazon.Glue;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Stedi.Testing;

namespace Stedi.Aws.Tests;

/// <summary>The endpoint of requests. Not parallel, because environment variables belong to the whole process.</summary>
[Collection(nameof(EndpointTests))]
public sealed class EndpointTests : IDisposable
{
    private static readonly string[] Variables =
        ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_GLUE", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"];

    private readonly Dictionary<string, string?> _before = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [Fact]
    public async Task Client_WithoutConfiguration_TakesEndpointCredentialsAndRegionFromTheEnvironment()
    {
        await using var everything = await ScriptedEndpoint.StartAsync();
        await using var onlyGlue = await ScriptedEndpoint.StartAsync();
        everything.Answer("{}");
        onlyGlue.Answer("{}");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", everything.Url);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_GLUE", onlyGlue.Url);
        Environment.SetEnvironmentVariable("AWS_REGION", "ap-southeast-2");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "from-environment");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "secret");
        using var glue = new AmazonGlueClient();
        using var athena = new AmazonAthenaClient();

        await glue.GetTableAsync(new() { DatabaseName = "d", Name = "t" }, Cancel);
        await athena.ListQueryExecutionsAsync(new(), Cancel);

        onlyGlue.Requests.ShouldHaveSingleItem().Header("Authorization").ShouldContain("/ap-southeast-2/glue/aws4_request");
        everything.Requests.ShouldHaveSingleItem().Header("Authorization").ShouldContain("Credential=from-environment/");
    }

    [Theory]
    [InlineData("eu-central-1", false, false, "https://glue.eu-central-1.amazonaws.com")]
    [InlineData("cn-north-1", false, false, "https://glue.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-east-1", true, false, "https://glue-fips.us-east-1.amazonaws.com")]
    [InlineData("us-east-1", false, true, "https://glue.us-east-1.api.aws")]
    public void Endpoint_WithoutUrl_IsThatOfTheRegion(string region, bool fips, bool dualStack, string expected)
    {
        foreach (var name in Variables)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        var config = new AmazonGlueConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = fips, UseDualstackEndpoint = dualStack };

        config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new Amazon.Glue.Model.GetTableRequest())).URL.ShouldBe(expected);
    }

    [Fact]
    public void Endpoint_WhenDualStackIsUnknownForTheRegion_IsRefused()
    {
        var config = new AmazonGlueConfig { RegionEndpoint = RegionEndpoint.CNNorth1, UseDualstackEndpoint = true };

        Should.Throw<AmazonClientException>(() => config.DetermineServiceOperationEndpoint(new(new Amazon.Glue.Model.GetTableRequest())))
            .Message.ShouldContain("aws-cn");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}

/// <summary>Tests that do not run in parallel with others.</summary>
[CollectionDefinition(nameof(EndpointTests), DisableParallelization = true)]
public sealed class EndpointTestsAlone;
