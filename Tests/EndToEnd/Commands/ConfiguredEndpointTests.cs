using System.Text.Json;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>The built program with a bucket at an endpoint that the environment names, as with other implementations of S3.</summary>
public sealed class ConfiguredEndpointTests
{
    [Fact]
    public async Task Doctor_WithAnEndpointOfTheEnvironment_FindsTheBucketInThePath()
    {
        await using var aws = await AwsFixture.StartAsync();
        using var folder = new TempFolder();
        folder.Write("temporal-dev.yaml", "temporal: { port: 0 }\n");
        var bucket = await aws.BucketAsync();
        var start = BuiltProgram.Start(folder.Path, "doctor", "--json");
        // A name, because with an address every client puts the bucket into the path.
        start.Environment["AWS_ENDPOINT_URL"] = $"http://localhost:{aws.Endpoint.Port}";
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = AwsFixture.PrivilegedKey;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "any";
        start.Environment["STEDI_BUCKET"] = bucket;

        var doctor = await CommandRun.OfProcessAsync(start);

        doctor.Output.ShouldStartWith("[", customMessage: doctor.Error);
        var findings = JsonDocument.Parse(doctor.Output).RootElement.EnumerateArray().ToDictionary(outcome => outcome.GetProperty("name").GetString()!, outcome => outcome.GetProperty("finding").GetString());
        findings["s3:ListBucket"].ShouldBe($"on {bucket}");
        findings["Write, read and remove"].ShouldBe("an object in results/");
        findings["Task queue"].ShouldBe($"stedi-{bucket}, which no worker polls yet");
    }
}
