using Stedi.DevStack.Landing.Expectations;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>The reference function by its rules, with times as small numbers and a run at 100.</summary>
public sealed class ConsentRulesTests
{
    private const long Run = 100;

    [Fact]
    public void Decide_WithoutLines_KnowsNobody() => ConsentRules.Decide([], Run).ShouldBeNull();

    [Fact]
    public void Decide_WithClearedLinesOnly_KnowsNobody() => ConsentRules.Decide([Rejected(50) with { IsCleared = true }], Run).ShouldBeNull();

    [Fact]
    public void Decide_WithSeveralConsents_TakesTheLatest() => ShouldPublish(Consent(30), Consent(10), Consent(30), Consent(20));

    [Fact]
    public void Decide_WhenALaterRecordHasNoConsent_LeavesThePersonOut() => ShouldLeaveOut(ExclusionReasons.NoConsent, Consent(10), Refusal(20));

    [Fact]
    public void Decide_WhenALaterConsentIsGivenAfterTheRefusal_PublishesIt() => ShouldPublish(Consent(30), Refusal(20), Consent(30));

    [Fact]
    public void Decide_WhenARecordOfTheSameTimeHasNoConsent_LeavesThePersonOut() => ShouldLeaveOut(ExclusionReasons.NoConsent, Refusal(10), Consent(10));

    [Fact]
    public void Decide_WhenRecordsHaveTheSameTime_TakesTheLatestConsentThenTheGreatestDevice() => ShouldPublish(
        Consent(20, 15) with { Device = "b" }, Consent(20, 15) with { Device = "a" }, Consent(20, 15) with { Device = "b" }, Consent(20, 12) with { Device = "c" });

    [Fact]
    public void Decide_WhenALaterRegistrationHasNoConsent_CountsTheRegistrationAsItsTime() =>
        ShouldLeaveOut(ExclusionReasons.NoConsent, Consent(20), Refusal(10) with { Registration = 30 });

    [Fact]
    public void Decide_WhenALaterRegistrationHasAConsent_OrdersByTheUpdate() => ShouldPublish(Consent(20), Consent(10) with { Registration = 30 }, Consent(20));

    [Fact]
    public void Decide_WhenARefusalIsDatedAfterTheRun_CountsItAtOnce() => ShouldLeaveOut(ExclusionReasons.NoConsent, Consent(20), Refusal(Run + 1));

    [Fact]
    public void Decide_WhenARecordIsDatedAfterTheRun_DoesNotCountItsConsentYet()
    {
        ShouldLeaveOut(ExclusionReasons.ConsentNotInForce, Consent(Run + 1, 20));
        ShouldPublish(Consent(20), Consent(20), Consent(Run + 1, 20));
        ShouldPublish(Consent(Run, Run), Consent(Run, Run));
    }

    [Fact]
    public void Decide_WhenAConsentIsDatedAfterTheRun_DoesNotCountItYet()
    {
        ShouldLeaveOut(ExclusionReasons.ConsentNotInForce, Consent(20, Run + 1));
        ShouldPublish(Consent(10), Consent(10), Consent(20, Run + 1));
    }

    [Fact]
    public void Decide_WhenARefusalHasNoUpdate_WithholdsAPersonWithAnotherConsent()
    {
        var undated = Refusal(1) with { LastUpdate = null };

        ShouldLeaveOut(ExclusionReasons.UndatedWithdrawal, undated, Consent(90));
        ShouldLeaveOut(ExclusionReasons.UndatedWithdrawal, undated, Consent(20, Run + 1));
        ShouldLeaveOut(ExclusionReasons.NoConsent, undated, Refusal(20));
        ShouldPublish(Consent(90), undated with { IsCleared = true }, Consent(90));
    }

    [Fact]
    public void Decide_WhenAConsentIsDatedBeforeAnEarlierRefusal_DoesNotCountIt()
    {
        ShouldLeaveOut(ExclusionReasons.EarlierWithdrawal, Refusal(20), Consent(30, 19));
        ShouldPublish(Consent(30, 20), Refusal(20), Consent(30, 20));
        ShouldPublish(Consent(25, 21), Refusal(20), Consent(30, 19), Consent(25, 21));
    }

    [Fact]
    public void Decide_WithARejectedLine_WithholdsThePerson()
    {
        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, Rejected(10));
        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, Consent(10), Rejected(20));
        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, Consent(20), Rejected(20));
        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, Consent(90), Rejected(null));
        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, Refusal(10), Rejected(20));
    }

    [Fact]
    public void Decide_WhenALaterUpdateAnswersARejectedLine_CountsTheLineAsARefusal()
    {
        ShouldPublish(Consent(20), Rejected(10), Consent(20));
        ShouldLeaveOut(ExclusionReasons.EarlierWithdrawal, Rejected(10), Consent(20, 9));
        ShouldLeaveOut(ExclusionReasons.ConsentNotInForce, Consent(5), Rejected(10), Consent(20, Run + 1));
    }

    [Fact]
    public void Decide_WhenAnAnsweredLineStatesAConsent_DoesNotCountItAsARefusal() =>
        ShouldPublish(Consent(20, 9), Rejected(10) with { StatesConsent = true }, Consent(20, 9));

    [Fact]
    public void Decide_WhenTheLaterUpdateIsAfterTheRun_WithholdsThePerson() =>
        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, Consent(5), Rejected(10), Refusal(Run + 1));

    [Fact]
    public void Decide_WhenOnlyARegistrationIsLater_WithholdsThePerson()
    {
        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, Rejected(10), Consent(20) with { LastUpdate = null, Registration = 20 });
        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, Rejected(10) with { Registration = 20 }, Consent(20));
    }

    [Fact]
    public void Decide_WhenARejectedLineCarriesAConsentInForce_IgnoresTheLine()
    {
        var line = Rejected(20) with { Consent = 20, StatesConsent = true };

        ShouldPublish(Consent(10), Consent(10), line);
        ShouldPublish(Consent(10), Consent(10), line with { LastUpdate = null, Registration = null });
        ShouldLeaveOut(ExclusionReasons.NoConsent, Refusal(10), line);
        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, line);
        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, Consent(10), line with { Consent = Run + 1 });
        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, Consent(10), line with { LastUpdate = Run + 1 });
    }

    [Fact]
    public void Decide_WhenSeveralReasonsApply_GivesTheFirstByPrecedence()
    {
        var (undated, outdated, pending) = (Refusal(1) with { LastUpdate = null }, Consent(30, 19), Consent(20, Run + 1));

        ShouldLeaveOut(ExclusionReasons.ConsentUnreadable, Rejected(null), undated, Refusal(20), outdated, pending);
        ShouldLeaveOut(ExclusionReasons.UndatedWithdrawal, undated, Refusal(20), outdated, pending);
        ShouldLeaveOut(ExclusionReasons.EarlierWithdrawal, Refusal(20), outdated, pending);
        ShouldLeaveOut(ExclusionReasons.ConsentNotInForce, Refusal(20), pending);
    }

    [Fact]
    public void DeviceOwners_WithClaims_AreThoseThatOnePersonClaims()
    {
        var owners = ConsentRules.DeviceOwners(
        [
            ("jane", Consent(1) with { Device = "own" }),
            ("jane", Refusal(2) with { Device = "own" }),
            ("jane", Consent(1) with { Device = "shared" }),
            ("john", Rejected(2) with { Device = "shared" }),
            ("jane", Consent(1) with { Device = "cleared" }),
            ("john", Consent(2) with { Device = "cleared", IsCleared = true }),
            ("john", Rejected(2)),
        ]);

        owners.ShouldBe(new Dictionary<string, string?> { ["own"] = "jane", ["shared"] = null, ["cleared"] = "jane" }, ignoreOrder: true);
    }

    private static ConsentLine Consent(long updated, long? consent = null) => new(true, updated, 1, consent ?? updated);

    private static ConsentLine Refusal(long updated) => new(true, updated, 1, null);

    private static ConsentLine Rejected(long? updated) => new(false, updated, 1, null);

    private static void ShouldPublish(ConsentLine record, params ConsentLine[] lines) => ConsentRules.Decide(lines, Run).ShouldBe(new(record, null));

    private static void ShouldLeaveOut(string reason, params ConsentLine[] lines) => ConsentRules.Decide(lines, Run).ShouldBe(new(null, reason));
}
