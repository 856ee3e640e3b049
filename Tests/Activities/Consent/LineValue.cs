namespace Stedi.Temporal.Activities.Tests.Consent;

/// <summary>A deciding value of a customer line: how the line spells it, and how it must be read.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Members">The JSON members, each after a comma; empty if the key is absent.</param>
/// <param name="Read">The value that is read; null if there is none.</param>
internal sealed record LineValue(string Name, string Members, long? Read = null)
{
    // Early and Late registrations enclose the three times of updates; the consents lie before the first of them or at the second.
    private const long First = 1_700_000_000_000;
    private const long Hour = 3_600_000;
    private const long Second = First + Hour;
    private const long Tomorrow = RunTime + Hour;
    private const long Century22 = 4_100_000_000_000;

    /// <summary>The run's time.</summary>
    public const long RunTime = First + (10 * Hour);

    public static readonly LineValue NoUpdate = Update("no update", null);
    public static readonly LineValue FirstUpdate = Update("first update", First);
    public static readonly LineValue SecondUpdate = Update("second update", Second);
    public static readonly LineValue ThirdUpdate = Update("third update", Second + Hour);
    public static readonly LineValue FutureUpdate = Update("update after the run", Tomorrow);
    public static readonly LineValue UnreadableUpdate = Unreadable("unreadable update", ",\"lastUpdateDate\":\"soon\"");
    public static readonly LineValue UpdateInSeconds = Unreadable("update in seconds", $",\"lastUpdateDate\":{Second / 1000}");
    public static readonly LineValue UpdateTwice = Unreadable("update twice", $",\"lastUpdateDate\":{First},\"lastUpdateDate\":{First}");
    public static readonly LineValue UpdateInTwoSpellings = Unreadable("update in two spellings", $",\"lastUpdateDate\":{First},\"LASTUPDATEDATE\":{First}");
    public static readonly LineValue NullUpdate = new("update null", ",\"lastUpdateDate\":null");
    public static readonly LineValue ZeroUpdate = new("update 0", ",\"lastUpdateDate\":0");
    public static readonly LineValue FloatUpdate = new("second update as a float", $",\"lastUpdateDate\":{Second}.0", Second);
    public static readonly LineValue TextUpdate = new("second update as text", $",\"LastUpdateDate\":\" {Second} \"", Second);

    public static readonly LineValue EarlyRegistration = Registration("early", First - (2 * Hour));
    public static readonly LineValue LateRegistration = Registration("late", First + (3 * Hour));
    public static readonly LineValue FutureRegistration = Registration("after the run", Tomorrow);
    public static readonly LineValue UnreadableRegistration = Unreadable("unreadable registration", $",\"registrationDate\":{First}.5");

    public static readonly LineValue NoConsent = new("no consent", "");
    public static readonly LineValue NullConsent = Absent("null");
    public static readonly LineValue ZeroConsent = Absent("0");
    public static readonly LineValue FalseConsent = Absent("false");
    public static readonly LineValue WordForNoConsent = Absent("\" NaN \"");
    public static readonly LineValue NegativeConsent = Absent("-5");
    public static readonly LineValue OldConsent = Consent("old consent", First - Hour);
    public static readonly LineValue SecondConsent = Consent("consent of the second time", Second);
    public static readonly LineValue FutureConsent = Consent("consent after the run", Century22);
    public static readonly LineValue UnreadableConsent = Unreadable("unreadable consent", ",\"shareWithResearchAsOfDate\":\"2024-01-01T00:00:00Z\"") with { IsStated = true };
    public static readonly LineValue ConsentInSeconds = Unreadable("consent in seconds", $",\"shareWithResearchAsOfDate\":{Second / 1000}") with { IsStated = true };
    public static readonly LineValue ConsentTwice = Unreadable("consent twice", $",\"shareWithResearchAsOfDate\":null,\"shareWithResearchAsOfDate\":{Second}");
    public static readonly LineValue ConsentInTwoSpellings = Unreadable("consent in two spellings", $",\"shareWithResearchAsOfDate\":{Second},\"sharewithresearchasofdate\":null");
    public static readonly LineValue ExponentConsent = new("consent with an exponent", ",\"shareWithResearchAsOfDate\":1.7000036E12", Second) { IsStated = true };

    /// <summary>Whether the line is rejected because of this value.</summary>
    public bool Rejects { get; private init; }

    /// <summary>Whether it is a consent that is given once, readable or not, and is none of the words for no consent.</summary>
    public bool IsStated { get; private init; }

    private static LineValue Update(string name, long? time) => new(name, time is null ? "" : $",\"lastUpdateDate\":{time}", time);

    private static LineValue Registration(string name, long time) => new($"registered {name}", $",\"registrationDate\":{time}", time);

    private static LineValue Consent(string name, long time) => new(name, $",\"shareWithResearchAsOfDate\":{time}", time) { IsStated = true };

    private static LineValue Absent(string json) => new($"consent {json}", $",\"shareWithResearchAsOfDate\":{json}");

    private static LineValue Unreadable(string name, string members) => new(name, members) { Rejects = true };
}
