using Stedi.DevStack.Landing.Expectations;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>Each defect is in the files and has its documented outcome, and the expected results include it.</summary>
public sealed class LandingDefectsTests : IDisposable
{
    // Defects that add rejected lines, and change no row.
    private const LandingDefects Rejecting =
        LandingDefects.MalformedLines | LandingDefects.CutOffLines | LandingDefects.InvalidUtf8 | LandingDefects.NotANumber
        | LandingDefects.DuplicateKeys | LandingDefects.HugeLines | LandingDefects.ForeignFiles | LandingDefects.TimesInSeconds
        | LandingDefects.NegativeTimes | LandingDefects.FutureTimes | LandingDefects.RejectedCustomers | LandingDefects.GarbageCustomers;

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
            LandingDefects.CutOffLines => 4,
            LandingDefects.HugeLines or LandingDefects.GarbageCustomers => 1,
            LandingDefects.TimesInSeconds or LandingDefects.NegativeTimes or LandingDefects.FutureTimes => 34,
            LandingDefects.RejectedCustomers => 16,
            _ => 2,
        });
        expected.StopsRun.ShouldBe(defect is LandingDefects.GarbageCustomers or LandingDefects.MissingFolders);
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
        expected.StopsRun.ShouldBeFalse();
    }

    [Fact]
    public async Task Write_WithAllDefects_WithholdsPeopleForEveryReason()
    {
        var expected = await LandingGenerator.WriteAsync(_folder.Path, new() { Defects = LandingDefects.All & ~LandingDefects.HugeLines }, null, Cancel);

        expected.WithheldPeople.Keys.ShouldBe([ExclusionReasons.ConsentUnreadable, ExclusionReasons.UndatedWithdrawal, ExclusionReasons.EarlierWithdrawal, ExclusionReasons.ConsentNotInForce], ignoreOrder: true);
        foreach (var source in (ExpectedSource[])[expected.Customer, expected.Accelerometer, expected.StepTrainer])
        {
            source.BlankLines.ShouldBeGreaterThan(0);
        }

        (expected.Customer.DroppedValues, expected.Customer.DamagedTexts).ShouldBe((2, 1));
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
        queries.Count("SELECT count(*) FROM c WHERE lastUpdateDate IS NULL AND shareWithResearchAsOfDate > 0").ShouldBeGreaterThan(0);
        queries.Count("SELECT count(*) FROM c WHERE email <> trim(email)").ShouldBeGreaterThan(0);
        queries.Count("SELECT count(*) FROM c WHERE lower(trim(email)) <> person").ShouldBeGreaterThan(0);
        queries.Count("SELECT count(*) FROM decision WHERE reason = 'earlier withdrawal'").ShouldBeGreaterThan(0);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static long Rejected(ExpectedResults expected) => expected.Customer.RejectedLines + expected.Accelerometer.RejectedLines + expected.StepTrainer.RejectedLines;

    private static (long, long, long) Rows(ExpectedResults expected) => (expected.Customer.Rows, expected.Accelerometer.Rows, expected.StepTrainer.Rows);
}
