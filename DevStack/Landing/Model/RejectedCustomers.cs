namespace Stedi.DevStack.Landing.Model;

/// <summary>Adds rejected lines from which a person can be read, one kind for each rule that says whether they withhold the person.</summary>
internal static class RejectedCustomers
{
    private const int Every = 12;
    private const long Later = 60_000;

    private static readonly IReadOnlyList<Func<CustomerRecord, CustomerRecord>> Kinds =
    [
        // May be withdrawals, so the person is withheld.
        first => Withdrawal(first) with { Flaw = CustomerFlaw.FractionalRegistration },
        first => Withdrawal(first) with { Flaw = CustomerFlaw.NoSerialNumber },
        first => Withdrawal(first) with { Flaw = CustomerFlaw.TextConsent },
        first => first with { Research = null, Flaw = CustomerFlaw.TextUpdate },
        first => first with { Research = null, Flaw = CustomerFlaw.RepeatedUpdate },
        // Older than the record, which answers them.
        first => Older(first) with { Research = null, Flaw = CustomerFlaw.RepeatedConsent },
        first => Older(first) with { Research = null, Flaw = CustomerFlaw.TextConsent },
        // Carry a consent, so they are no withdrawals.
        first => first with { Research = first.Registered, Flaw = CustomerFlaw.NestedEmail },
        first => first with { Research = first.Registered, Flaw = CustomerFlaw.FractionalRegistration },
        // Names somebody who has no record, with the device of somebody else.
        first => first with { Email = $"Rejected.{first.Email}", Flaw = CustomerFlaw.FractionalRegistration },
    ];

    public static void Add(Cohort cohort)
    {
        var people = cohort.People;
        for (var (i, kind) = (Every / 2, 0); i < people; i += Every, kind++)
        {
            cohort.Customers.Add(Kinds[kind % Kinds.Count](cohort.Customers[i]));
        }
    }

    private static CustomerRecord Withdrawal(CustomerRecord first) => first with { Updated = first.Updated + Later, Research = null };

    private static CustomerRecord Older(CustomerRecord first) => first with { Updated = first.Registered - Later, Registered = first.Registered - Later };
}
