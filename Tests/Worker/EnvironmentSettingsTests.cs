using Stedi.Temporal.Worker.Configuration;

namespace Stedi.Temporal.Worker.Tests;

public sealed class EnvironmentSettingsTests
{
    [Fact]
    public void Aws_variables_alone_never_reach_for_an_account() =>
        With("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_ENDPOINT_URL").Aws.IsEmbedded.ShouldBeTrue();

    [Fact]
    public void A_bucket_in_the_environment_turns_embedded_aws_off_and_temporal_stays()
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
    public void A_server_named_in_the_environment_turns_the_embedded_one_off(string variable) =>
        With(variable).Temporal.IsEmbedded.ShouldBeFalse();

    [Fact]
    public void A_namespace_alone_names_no_server() => With("TEMPORAL_NAMESPACE").Temporal.IsEmbedded.ShouldBeTrue();

    private static StediSettings With(params string[] set) =>
        new StediSettings().WithEnvironment(name => set.Contains(name) ? "value" : null);
}
