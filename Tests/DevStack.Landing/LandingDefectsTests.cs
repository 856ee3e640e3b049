using Stedi.DevStack.Landing.Expectations;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>Each defect is in the files and has its documented outcome, and the expected results include it.</summary>
public sealed class LandingDefectsTests : IDisposable
{
    private const LandingDefects Rejecting =
        LandingDefects.MalformedLines | LandingDefects.CutOffLines | LandingDefects.InvalidUtf8 | LandingDefects.NotANumber
        | LandingDefects.DuplicateKeys | LandingDefects.HugeLines | LandingDefects.ForeignFiles;

    private readonly GeneratedLandingFolder _folder = new();
    private readonly GeneratedLandingFolder _clean = new();

    public static TheoryData<LandingDefects> SingleDefects =>
        [.. Enum.GetValues<LandingDefects>().Where(defect => defect is not (LandingDefects.None or LandingDefects.All))];

    public void Dispose()
    {
        _folder.Dispose();
        _clean.Dispose();
    }

    [Theory]
    [MemberData(nameof(SingleDefects))]
    public async Task Write_WithOneDefect_HasItsDocumentedOutcome(LandingDefects defect)
    {
        var without = await LandingGenerator.WriteAsync(_clean.Path, new() { Scale = 0.2 }, null, Cancel);
        var expected = await LandingGenerator.WriteAsync(_folder.Path, new() { Scale = 0.2, Defects = defect }, null, Cancel);

        using var queries = LandingQueries.OverLines(_folder.Path);
        queries.ShouldFind(expected);
        Rejected(expected).ShouldBe((defect & Rejecting) == 0 ? 0 : defect switch
        {
            LandingDefects.CutOffLines => 6,
            LandingDefects.HugeLines => 1,
            _ => 3,
        });
        _folder.Digest().ShouldNotBe(_clean.Digest(), "The defect is nowhere in the files.");
        if ((defect & Rejecting) != 0)
        {
            Rows(expected).ShouldBe(Rows(without));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    public async Task Write_WithAllDefects_MatchesExpectedResults(double scale)
    {
        var expected = await LandingGenerator.WriteAsync(_folder.Path, new() { Scale = scale, Defects = LandingDefects.All }, null, Cancel);

        using var queries = LandingQueries.OverLines(_folder.Path);
        queries.ShouldFind(expected);
        Rejected(expected).ShouldBe(22);
        if (scale >= 1)
        {
            ((double)expected.Customer.RejectedLines / expected.Customer.Rows).ShouldBeLessThan(0.01, "The default set must pass the default limit.");
        }
    }

    [Fact]
    public async Task Write_WithDuplicatePeople_CoversEveryKindOfDuplicate()
    {
        var expected = await LandingGenerator.WriteAsync(_folder.Path, new() { Defects = LandingDefects.DuplicatePeople | LandingDefects.SharedDevices | LandingDefects.Orphans }, null, Cancel);

        foreach (var reason in (string[])[ExclusionReasons.OlderRecord, ExclusionReasons.AmbiguousDevice, ExclusionReasons.FormerDevice, ExclusionReasons.UnknownDevice, ExclusionReasons.UnknownPerson, ExclusionReasons.NoReadings])
        {
            expected.AtReading.LeftOut.ShouldContain(left => left.Key.Reason == reason && left.Value > 0, reason);
        }

        using var queries = LandingQueries.OverLines(_folder.Path);
        const string Ties = "FROM c JOIN c w USING (person) WHERE c.shareWithResearchAsOfDate > 0 AND w.shareWithResearchAsOfDate IS NULL AND";
        queries.Count($"SELECT count(*) {Ties} w.lastUpdateDate = c.lastUpdateDate").ShouldBeGreaterThan(0);
        queries.Count($"SELECT count(*) {Ties} w.lastUpdateDate > c.lastUpdateDate").ShouldBeGreaterThan(0);
        queries.Count($"SELECT count(*) {Ties} w.lastUpdateDate < c.lastUpdateDate").ShouldBeGreaterThan(0);
        queries.Count($"SELECT count(*) {Ties} w.lastUpdateDate IS NULL AND w.registrationDate > c.lastUpdateDate").ShouldBeGreaterThan(0);
        queries.Count("SELECT count(*) FROM c WHERE email <> trim(email)").ShouldBeGreaterThan(0);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static long Rejected(ExpectedResults expected) => expected.Customer.RejectedLines + expected.Accelerometer.RejectedLines + expected.StepTrainer.RejectedLines;

    private static (long, long, long) Rows(ExpectedResults expected) => (expected.Customer.Rows, expected.Accelerometer.Rows, expected.StepTrainer.Rows);
}
