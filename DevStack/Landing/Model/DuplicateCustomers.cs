namespace Stedi.DevStack.Landing.Model;

/// <summary>Adds further records of some people, one kind for each rule that decides which record applies.</summary>
internal static class DuplicateCustomers
{
    private const int Every = 25;
    private const long Later = 60_000;

    private static readonly IReadOnlyList<Func<CustomerRecord, SeededRandom, CustomerRecord>> Kinds =
    [
        Withdrawal, WithdrawalOfTheSameInstant, NewConsent, FormerDevice, LaterRegistration, OlderWithdrawal,
    ];

    public static void Add(Cohort cohort, SeededRandom random)
    {
        var people = cohort.Customers.Count;
        for (var (i, kind) = (Every / 3, 0); i < people; i += Every, kind++)
        {
            var first = cohort.Customers[i];
            var again = Kinds[kind % Kinds.Count](first, random);
            cohort.Customers.Add(again);
            if (again.SerialNumber != first.SerialNumber)
            {
                // The former device still sends readings.
                cohort.Steps.Add(SensorReadings.CreateStepReading(again.SerialNumber, first.Registered, random));
            }
        }
    }

    private static CustomerRecord Withdrawal(CustomerRecord first, SeededRandom random) =>
        first with { Email = $" {first.Email.ToUpperInvariant()} ", Updated = first.Updated + Later, Research = null };

    private static CustomerRecord WithdrawalOfTheSameInstant(CustomerRecord first, SeededRandom random) =>
        first with { Email = first.Email.ToLowerInvariant(), Research = null };

    private static CustomerRecord NewConsent(CustomerRecord first, SeededRandom random) =>
        first with { Updated = first.Updated + Later, Research = first.Updated + Later };

    private static CustomerRecord FormerDevice(CustomerRecord first, SeededRandom random) =>
        first with { SerialNumber = random.NextUuid(), Updated = first.Registered - Later, Registered = first.Registered - Later };

    // Has no update time, so its registration time counts as one.
    private static CustomerRecord LaterRegistration(CustomerRecord first, SeededRandom random) =>
        first with { Registered = first.Updated!.Value + Later, Updated = null, Research = null };

    private static CustomerRecord OlderWithdrawal(CustomerRecord first, SeededRandom random) =>
        first with { Updated = first.Updated - Later, Research = null };
}
