using Stedi.Temporal.Worker.Configuration;

namespace Stedi.Temporal.Worker.Tests;

public sealed class EnvironmentSettingsTests
{
    [Fact]
    public void WithEnvironment_WithAwsVariablesOnly_KeepsAwsEmbedded() =>
        With("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_ENDPOINT_URL").Aws.IsEmbedded.ShouldBeTrue();

    [Fact]
    public void WithEnvironment_WithBucket_TurnsOnlyEmbeddedAwsOff()
    {
        var settings = With("STEDI_BUCKET");

        settings.Aws.Bucket.ShouldBe("value");
        settings.Aws.IsEmbedded.ShouldBeFalse();
        settings.Temporal.IsEmbedded.ShouldBeTrue();
    }

    [Theory]
    [InlineData("TEMPORAL_ADDRESS")]
    [InlineData("TEMPORAL_PROFILE")]
    [InlineData("TEMPORAL_CONFIG_FILE")]
    public void WithEnvironment_WithTemporalServer_TurnsEmbeddedTemporalOff(string variable) =>
        With(variable).Temporal.IsEmbedded.ShouldBeFalse();

    [Fact]
    public void WithEnvironment_WithTemporalNamespaceOnly_KeepsTemporalEmbedded() => With("TEMPORAL_NAMESPACE").Temporal.IsEmbedded.ShouldBeTrue();

    private static StediSettings With(params string[] set) =>
        new StediSettings().WithEnvironment(name => set.Contains(name) ? "value" : null);
}
