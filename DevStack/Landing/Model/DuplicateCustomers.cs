namespace Stedi.DevStack.Landing.Model;

/// <summary>Gives people further records, each in another way that matters for whose consent holds.</summary>
internal static class DuplicateCustomers
{
    private const int Every = 25;
    private const long Later = 60_000;

    private static readonly IReadOnlyList<Func<CustomerRecord, SeededRandom, CustomerRecord>> Ways =
    [
        Withdrawal, WithdrawalOfTheSameInstant, NewConsent, FormerDevice, LaterRegistration, OlderWithdrawal,
    ];

    public static void Add(Cohort cohort, SeededRandom dice)
    {
        var people = cohort.Customers.Count;
        for (var (i, way) = (Every / 3, 0); i < people; i += Every, way++)
        {
            var first = cohort.Customers[i];
            var again = Ways[way % Ways.Count](first, dice);
            cohort.Customers.Add(again);
            if (again.SerialNumber != first.SerialNumber)
            {
                // The former device still sends.
                cohort.Steps.Add(SensorReadings.CreateStepReading(again.SerialNumber, first.Registered, dice));
            }
        }
    }

    private static CustomerRecord Withdrawal(CustomerRecord first, SeededRandom dice) =>
        first with { Email = $" {first.Email.ToUpperInvariant()} ", Updated = first.Updated + Later, Research = null };

    private static CustomerRecord WithdrawalOfTheSameInstant(CustomerRecord first, SeededRandom dice) =>
        first with { Email = first.Email.ToLowerInvariant(), Research = null };

    private static CustomerRecord NewConsent(CustomerRecord first, SeededRandom dice) =>
        first with { Updated = first.Updated + Later, Research = first.Updated + Later };

    private static CustomerRecord FormerDevice(CustomerRecord first, SeededRandom dice) =>
        first with { SerialNumber = dice.NextUuid(), Updated = first.Registered - Later, Registered = first.Registered - Later };

    // Says nothing of an update: its registration counts as one.
    private static CustomerRecord LaterRegistration(CustomerRecord first, SeededRandom dice) =>
        first with { Registered = first.Updated!.Value + Later, Updated = null, Research = null };

    private static CustomerRecord OlderWithdrawal(CustomerRecord first, SeededRandom dice) =>
        first with { Updated = first.Updated - Later, Research = null };
}
