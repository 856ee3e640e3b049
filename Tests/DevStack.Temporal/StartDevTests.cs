using Stedi.DevStack.Host;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>The arguments of "server start-dev".</summary>
public sealed class StartDevTests
{
    private const string ShortestTimer = "history.timerProcessorMaxTimeShift";

    [Fact]
    public void The_last_of_several_values_of_a_key_holds()
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
    public void The_shortest_timer_is_the_official_server_s_unless_told_otherwise()
    {
        ServerCommandLine.Parse(["server", "start-dev"]).DynamicConfig[ShortestTimer].ShouldBe("1s");
        ServerCommandLine.Parse(["server", "start-dev", "--dynamic-config-value", $"{ShortestTimer}=0s"]).DynamicConfig[ShortestTimer].ShouldBe("0s");
        ServerCommandLine.Parse(["7233"]).DynamicConfig.ShouldNotContainKey(ShortestTimer);
    }
}
