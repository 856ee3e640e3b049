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

    [Fact]
    public void TaskQueue_OfTheLocalStack_IsOneForAll() => new StediSettings().TaskQueue.ShouldBe("stedi-lakehouse");

    [Theory]
    [InlineData("my-lake", null, "stedi-my-lake")]
    [InlineData("my-lake", "temporal.example:7233", "stedi-my-lake")]
    [InlineData(null, "temporal.example:7233", "stedi-stedi-lake")]
    public void TaskQueue_OutsideTheLocalStack_IsNamedAfterTheBucket(string? bucket, string? address, string queue) =>
        new StediSettings { Aws = new() { Bucket = bucket }, Temporal = new() { Address = address } }.TaskQueue.ShouldBe(queue);

    [Fact]
    public void TaskQueue_IfSet_IsThatOne() =>
        new StediSettings { Aws = new() { Bucket = "my-lake" }, Temporal = new() { TaskQueue = "mine" } }.TaskQueue.ShouldBe("mine");

    private static StediSettings With(params string[] set) =>
        new StediSettings().WithEnvironment(name => set.Contains(name) ? "value" : null);
}
