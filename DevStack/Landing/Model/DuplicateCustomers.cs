namespace Stedi.DevStack.Landing.Model;

/// <summary>Adds further records of some people, one kind for each rule that decides about a person.</summary>
internal static class DuplicateCustomers
{
    private const int Every = 10;
    private const long Later = 60_000;

    private static readonly IReadOnlyList<Func<CustomerRecord, SeededRandom, IEnumerable<CustomerRecord>>> Kinds =
    [
        (first, _) => [Withdrawal(first) with { Email = $" {first.Email.ToUpperInvariant()} " }],
        (first, _) => [first with { Email = first.Email.ToLowerInvariant(), Research = null }],
        (first, _) => [first with { Updated = first.Updated + Later, Research = first.Updated + Later }],
        (first, random) => [first with { SerialNumber = random.NextUuid(), Updated = first.Registered - Later, Registered = first.Registered - Later }],
        // Have no update time. The consent is ordered by its registration; the withdrawal cannot be ordered.
        (first, _) => [first with { Registered = first.Updated!.Value + Later, Updated = null, Research = first.Updated + Later }],
        (first, _) => [first with { Registered = first.Updated!.Value + Later, Updated = null, Research = null }],
        (first, _) => [first with { Updated = first.Registered - Later, Registered = first.Registered - Later, Research = null }],
        // A copy of an old consent does not take a withdrawal back.
        (first, _) => [Withdrawal(first), first with { Updated = first.Updated + (2 * Later), Research = first.Registered }],
        // White space at an end, and characters that nobody sees anywhere, do not make another person.
        (first, _) => [Withdrawal(first) with { Email = $"\u3000{first.Email.Insert(3, "\u200B")}\u00A0" }],
    ];

    public static void Add(Cohort cohort, SeededRandom random)
    {
        var people = cohort.Customers.Count;
        for (var (i, kind) = (Every / 3, 0); i < people; i += Every, kind++)
        {
            var first = cohort.Customers[i];
            foreach (var again in Kinds[kind % Kinds.Count](first, random))
            {
                cohort.Customers.Add(again);
                if (again.SerialNumber != first.SerialNumber)
                {
                    // The former device still sends readings.
                    cohort.Steps.Add(SensorReadings.CreateStepReading(again.SerialNumber, first.Registered, random));
                }
            }
        }
    }

    private static CustomerRecord Withdrawal(CustomerRecord first) => first with { Updated = first.Updated + Later, Research = null };
}
