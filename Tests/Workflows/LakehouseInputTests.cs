using System.Text.Json;
using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Workflows.Tests;

public sealed class LakehouseInputTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    public void Read_WithoutFields_GivesDefaults(string json) => Read(json).ShouldBe(new LakehouseInput());

    [Fact]
    public void Read_OfWrittenInput_GivesEqualInput()
    {
        var input = new LakehouseInput
        {
            SourcePrefix = "uploads/2026/",
            Lake = "a-bucket",
            ConsentPolicy = ConsentPolicy.AtReading,
            RejectedLinesLimit = 0.25,
            SnapshotsToKeep = 7,
            AllowLooserPolicy = true,
            AllowShrink = 12,
            AllowSourceChange = true,
        };

        Read(JsonSerializer.Serialize(input, StediDataConverter.Json)).ShouldBe(input);
    }

    [Theory]
    [InlineData("""{"lake":"s3://a-bucket/"}""", "lake", "the name of a bucket")]
    [InlineData("""{"lake":7}""", "lake", "the name of a bucket")]
    [InlineData("""{"consentPolicy":"Sometimes"}""", "consentPolicy", "Given, AtReading")]
    [InlineData("""{"consentPolicy":1}""", "consentPolicy", "Given, AtReading")]
    [InlineData("""{"rejectedLinesLimit":2}""", "rejectedLinesLimit", "0 to 1")]
    [InlineData("""{"rejectedLinesLimit":"0.1"}""", "rejectedLinesLimit", "0 to 1")]
    [InlineData("""{"snapshotsToKeep":0}""", "snapshotsToKeep", "1 to 1000")]
    [InlineData("""{"snapshotsToKeep":1.5}""", "snapshotsToKeep", "1 to 1000")]
    [InlineData("""{"sourcePrefix":"/etc/"}""", "sourcePrefix", "no leading slash")]
    [InlineData("""{"sourcePrefix":"a/../b/"}""", "sourcePrefix", "no \"..\"")]
    [InlineData("""{"sourcePrefix":"uploads"}""", "sourcePrefix", "slash at the end")]
    [InlineData("""{"allowLooserPolicy":"yes"}""", "allowLooserPolicy", "true or false")]
    [InlineData("""{"allowShrink":true}""", "allowShrink", "0 to 2147483647")]
    [InlineData("""{"allowSourceChange":1}""", "allowSourceChange", "true or false")]
    [InlineData("""{"consent":"Given"}""", "consent is not a field", "consentPolicy")]
    [InlineData("""[1]""", "not one JSON object", "{}")]
    [InlineData("\"text\"", "not one JSON object", "{}")]
    public void Read_WithInvalidValue_GivesProblemWithFieldAndAllowedValues(string json, string field, string allowed)
    {
        var problem = Read(json).Problems.ShouldHaveSingleItem();

        problem.ShouldContain(field);
        problem.ShouldContain(allowed);
    }

    [Theory]
    [InlineData("""{"heartbeatSeconds":3}""")]
    [InlineData("""{"heartbeatSeconds":null}""")]
    public void Read_WithAFieldOfAnEarlierVersion_IgnoresItAndDoesNotWriteItAgain(string json)
    {
        var input = Read(json);

        input.ShouldBe(new());
        JsonSerializer.Serialize(input, StediDataConverter.Json).ShouldNotContain("heartbeat");
    }

    [Fact]
    public void Read_WithSeveralInvalidFields_GivesAllProblems() =>
        Read("""{"snapshotsToKeep":0,"rejectedLinesLimit":-1,"surprise":null}""").Problems.Count.ShouldBe(3);

    private static LakehouseInput Read(string json) => JsonSerializer.Deserialize<LakehouseInput>(json, StediDataConverter.Json)!;
}
