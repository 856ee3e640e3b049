namespace Stedi.DevStack.Landing.Model;

/// <summary>Gives people further records, each in another way that matters for whose consent holds.</summary>
static class DuplicateCustomers
{
    const int Every = 25;
    const long Later = 60_000;

    static readonly IReadOnlyList<Func<CustomerRecord, SeededRandom, CustomerRecord>> ways =
    [
        Withdrawal, WithdrawalOfTheSameInstant, NewConsent, FormerDevice, LaterRegistration, OlderWithdrawal,
    ];

    public static void Add(Cohort cohort, SeededRandom dice)
    {
        var people = cohort.Customers.Count;
        for (var (i, way) = (Every / 3, 0); i < people; i += Every, way++)
        {
            var first = cohort.Customers[i];
            var again = ways[way % ways.Count](first, dice);
            cohort.Customers.Add(again);
            if (again.SerialNumber != first.SerialNumber)
            {
                // The former device still sends.
                cohort.Steps.Add(SensorReadings.CreateStepReading(again.SerialNumber, first.Registered, dice));
            }
        }
    }

    static CustomerRecord Withdrawal(CustomerRecord first, SeededRandom dice) =>
        first with { Email = $" {first.Email.ToUpperInvariant()} ", Updated = first.Updated + Later, Research = null };

    static CustomerRecord WithdrawalOfTheSameInstant(CustomerRecord first, SeededRandom dice) =>
        first with { Email = first.Email.ToLowerInvariant(), Research = null };

    static CustomerRecord NewConsent(CustomerRecord first, SeededRandom dice) =>
        first with { Updated = first.Updated + Later, Research = first.Updated + Later };

    static CustomerRecord FormerDevice(CustomerRecord first, SeededRandom dice) =>
        first with { SerialNumber = dice.NextUuid(), Updated = first.Registered - Later, Registered = first.Registered - Later };

    // Says nothing of an update: its registration counts as one.
    static CustomerRecord LaterRegistration(CustomerRecord first, SeededRandom dice) =>
        first with { Registered = first.Updated!.Value + Later, Updated = null, Research = null };

    static CustomerRecord OlderWithdrawal(CustomerRecord first, SeededRandom dice) =>
        first with { Updated = first.Updated - Later, Research = null };
}
