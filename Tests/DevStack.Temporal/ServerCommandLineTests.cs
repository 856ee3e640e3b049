using Stedi.DevStack.Host;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>Parsing of the arguments of "server start-dev".</summary>
public sealed class ServerCommandLineTests
{
    private const string MinimumTimer = "history.timerProcessorMaxTimeShift";

    [Fact]
    public void DynamicConfig_WithRepeatedKey_TakesLastValue()
    {
        var options = ServerCommandLine.Parse(
        [
            "server", "start-dev", "--dynamic-config-value", "limit.blobSize.error=1", "--search-attribute", "Name=Text",
            "--dynamic-config-value", "limit.blobSize.error=2", "--search-attribute", "Name=Keyword",
        ]);

        options.DynamicConfig["limit.blobSize.error"].ShouldBe("2");
        options.SearchAttributes["Name"].ShouldBe(Temporalio.Api.Enums.V1.IndexedValueType.Keyword);
    }

    [Fact]
    public void MinimumTimer_WithoutConfig_IsOfficialServersDefault()
    {
        ServerCommandLine.Parse(["server", "start-dev"]).DynamicConfig[MinimumTimer].ShouldBe("1s");
        ServerCommandLine.Parse(["server", "start-dev", "--dynamic-config-value", $"{MinimumTimer}=0s"]).DynamicConfig[MinimumTimer].ShouldBe("0s");
        ServerCommandLine.Parse(["7233"]).DynamicConfig.ShouldNotContainKey(MinimumTimer);
    }
}
