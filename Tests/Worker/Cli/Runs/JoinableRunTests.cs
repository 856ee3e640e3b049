using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Worker.Tests.Cli.Runs;

public sealed class JoinableRunTests
{
    [Fact]
    public void Differences_OfEqualInputs_AreNone() =>
        new JoinableRun("run", new() { SnapshotsToKeep = 2 }).Differences(new() { SnapshotsToKeep = 2 }).ShouldBeEmpty();

    [Fact]
    public void Differences_OfDifferentInputs_NameBothValues()
    {
        var open = new JoinableRun("run", new());

        open.Differences(new() { ConsentPolicy = ConsentPolicy.AtReading, SourcePrefix = "sources/x-1/", RejectedLinesLimit = 0.5, AllowLooserPolicy = true, AllowShrink = 4, AllowSourceChange = true, SnapshotsToKeep = 9 })
            .ShouldBe(
            [
                "source is the lake's own landing zone there and sources/x-1/ here",
                "consent policy is Given there and AtReading here",
                "rejected lines limit is 0.01 there and 0.5 here",
                "snapshots to keep is 4 there and 9 here",
                "looser policy is not allowed there and allowed here",
                "snapshot that may shrink is none there and 4 here",
                "change of source is not allowed there and allowed here",
            ]);
    }
}
