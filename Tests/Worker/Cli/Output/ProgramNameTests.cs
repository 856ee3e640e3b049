using Stedi.Temporal.Worker.Cli.Output;

namespace Stedi.Temporal.Worker.Tests.Cli.Output;

public sealed class ProgramNameTests
{
    [Theory]
    [InlineData("/repo/Worker/bin/Debug/net10.0/stedi", "/repo/Worker/bin/Debug/net10.0/", true, "dotnet run --project Worker --")]
    [InlineData("/opt/stedi/stedi", "/opt/stedi/", false, "stedi")]
    [InlineData("/elsewhere/stedi", "/elsewhere/", false, "/elsewhere/stedi")]
    [InlineData("/usr/bin/dotnet", "/elsewhere/", false, "dotnet /elsewhere/stedi.dll")]
    public void Of_ReturnsTheCommandThatTheUserTyped(string process, string folder, bool inRepository, string expected) =>
        ProgramName.Of(process, folder, inRepository, "/usr/bin:/opt/stedi").ShouldBe(expected);

    [Fact]
    public void With_WhenThereAreNoArguments_OmitsTheTrailingDashes() =>
        ProgramName.With("dotnet run --project Worker --", "").ShouldBe("dotnet run --project Worker");
}
