using static Stedi.Temporal.Activities.Tests.Consent.LineValue;

namespace Stedi.Temporal.Activities.Tests.Consent;

/// <summary>The kinds of customer lines that are combined with each other.</summary>
internal static class LineShapes
{
    private static readonly LineShape Withdrawal = new(NoConsent, SecondUpdate, EarlyRegistration);
    private static readonly LineShape Agreement = new(SecondConsent, SecondUpdate, EarlyRegistration);

    /// <summary>Every kind: all values of each deciding column with those of the others that matter.</summary>
    public static IReadOnlyList<LineShape> All { get; } =
    [
        .. Combine(
            [NoConsent, OldConsent, SecondConsent, FutureConsent, UnreadableConsent, ConsentTwice],
            [NoUpdate, FirstUpdate, SecondUpdate, ThirdUpdate, FutureUpdate, UnreadableUpdate, UpdateTwice],
            [EarlyRegistration, LateRegistration]),
        .. Combine([NoConsent, SecondConsent, UnreadableConsent], [NoUpdate, FirstUpdate, SecondUpdate, UnreadableUpdate], [UnreadableRegistration]),
        .. Combine([NoConsent, SecondConsent], [NoUpdate, SecondUpdate], [FutureRegistration]),
        .. Combine([NullConsent, ZeroConsent, FalseConsent, WordForNoConsent, NegativeConsent, ExponentConsent], [NoUpdate, SecondUpdate], [EarlyRegistration]),
        .. Combine([ConsentInSeconds, ConsentInTwoSpellings], [FirstUpdate, SecondUpdate], [EarlyRegistration]),
        .. Combine([NoConsent, SecondConsent], [NullUpdate, ZeroUpdate, FloatUpdate, TextUpdate, UpdateInSeconds, UpdateInTwoSpellings], [EarlyRegistration]),
        .. Others(Withdrawal),
        .. Others(Agreement),
        Withdrawal with { Update = NoUpdate, Address = LineAddress.Nested },
        Agreement with { Update = NoUpdate, IsCleared = true },
        Withdrawal with { Update = NoUpdate, IsCleared = true },
        Withdrawal with { Consent = UnreadableConsent, Device = LineDevice.Shared },
    ];

    /// <summary>The kinds that are combined in threes.</summary>
    public static IReadOnlyList<LineShape> Reduced { get; } =
    [
        .. Combine([NoConsent, OldConsent, SecondConsent, FutureConsent], [NoUpdate, FirstUpdate, SecondUpdate, ThirdUpdate], [EarlyRegistration]),
        .. Combine([NoConsent], [NoUpdate, FirstUpdate, SecondUpdate], [LateRegistration]),
        .. Combine([SecondConsent], [NoUpdate, SecondUpdate], [LateRegistration]),
        .. Combine([NoConsent, SecondConsent], [FutureUpdate, UnreadableUpdate], [EarlyRegistration]),
        .. Combine([UnreadableConsent], [NoUpdate, FirstUpdate, SecondUpdate, ThirdUpdate], [EarlyRegistration]),
        .. Combine([ConsentTwice], [FirstUpdate, SecondUpdate], [EarlyRegistration]),
        .. Combine([NoConsent, SecondConsent, UnreadableConsent], [SecondUpdate], [UnreadableRegistration]),
        Withdrawal with { Update = FirstUpdate, Device = LineDevice.Missing },
        Agreement with { Device = LineDevice.Missing },
        Agreement with { Device = LineDevice.Shared },
        Agreement with { Update = ThirdUpdate, IsCleared = true },
        Withdrawal with { Update = NoUpdate, IsCleared = true },
        Withdrawal with { Format = LineFormat.TextBehindTheRecord },
    ];

    private static IEnumerable<LineShape> Combine(LineValue[] consents, LineValue[] updates, LineValue[] registrations) =>
        from consent in consents
        from update in updates
        from registration in registrations
        select new LineShape(consent, update, registration);

    private static IEnumerable<LineShape> Others(LineShape shape) =>
    [
        shape with { Address = LineAddress.Nested },
        shape with { Address = LineAddress.Twice },
        shape with { Address = LineAddress.Unreadable },
        shape with { Device = LineDevice.Shared },
        shape with { Device = LineDevice.Missing },
        shape with { Device = LineDevice.Unreadable },
        shape with { Device = LineDevice.Twice },
        shape with { Format = LineFormat.TextBehindTheRecord },
        shape with { Format = LineFormat.Blank },
        shape with { Device = LineDevice.Missing, IsCleared = true },
    ];
}
