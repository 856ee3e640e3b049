using Stedi.Temporal.Activities.Resilience;

namespace Stedi.Temporal.Activities.Tests.Resilience;

public sealed class PollingTests
{
    private const int Audits = 5;

    [Fact]
    public void Remote_InAnySecondOfFiveQueries_StaysFarBelowTheQuota() =>
        // Every pause is at least the first one less its jitter.
        (Audits / Pauses(PollingInterval.Remote, 1000).Min().TotalSeconds).ShouldBeLessThan(13);

    [Fact]
    public void Remote_OfALongQuery_PollsAtMostEveryFourSecondsInTheEnd() =>
        Pauses(PollingInterval.Remote, 1000).Skip(20).ShouldAllBe(pause => pause >= TimeSpan.FromSeconds(4) && pause <= TimeSpan.FromSeconds(6));

    [Fact]
    public void Remote_OfQueriesThatStartTogether_DiffersBetweenThem() =>
        Pauses(PollingInterval.Remote, 10).ShouldNotBe(Pauses(PollingInterval.Remote, 10));

    [Fact]
    public void Local_OfAQuery_NoticesItsEndAFewPercentLate()
    {
        var waited = TimeSpan.Zero;
        foreach (var pause in Pauses(PollingInterval.Local, 90))
        {
            pause.ShouldBeLessThanOrEqualTo((waited * 0.06) + TimeSpan.FromMilliseconds(1));
            waited += pause;
        }
    }

    private static List<TimeSpan> Pauses(PollingInterval interval, int count)
    {
        var pauses = new List<TimeSpan>();
        for (var pause = interval.First; pauses.Count < count; pause = interval.After(pause))
        {
            pauses.Add(interval.Vary(pause));
        }

        return pauses;
    }
}
