using Stedi.DevStack.Host;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>The arguments of "server start-dev".</summary>
public sealed class StartDevTests
{
    private const string ShortestTimer = "history.timerProcessorMaxTimeShift";

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
        ServerCommandLine.Parse(["server", "start-dev"]).DynamicConfig[ShortestTimer].ShouldBe("1s");
        ServerCommandLine.Parse(["server", "start-dev", "--dynamic-config-value", $"{ShortestTimer}=0s"]).DynamicConfig[ShortestTimer].ShouldBe("0s");
        ServerCommandLine.Parse(["7233"]).DynamicConfig.ShouldNotContainKey(ShortestTimer);
    }
}
