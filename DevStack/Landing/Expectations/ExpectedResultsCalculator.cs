using Stedi.DevStack.Landing.Files;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Expectations;

/// <summary>Adds up the expected results cohort by cohort; cohorts do not affect each other.</summary>
internal sealed class ExpectedResultsCalculator
{
    private readonly PolicyResultsCalculator _given = new(atReading: false);
    private readonly PolicyResultsCalculator _atReading = new(atReading: true);
    private readonly SortedDictionary<string, long> _withheld = new(StringComparer.Ordinal);
    private long _emails;
    private long _withoutConsent;
    private long _landingJoin;

    public void Add(Cohort cohort)
    {
        var accepted = cohort.Customers.Where(customer => customer.Flaw == CustomerFlaw.None).ToList();
        _emails += accepted.Select(customer => customer.Email).Distinct().Count();
        _withoutConsent += accepted.Count(customer => customer.Research is not > 0);
        _landingJoin += LandingJoin(cohort, accepted);

        var registry = new CustomerRegistry(cohort.Customers);
        foreach (var reason in registry.People.Select(registry.Reason).Where(reason => reason is not (null or ExclusionReasons.NoConsent)))
        {
            _withheld[reason!] = _withheld.GetValueOrDefault(reason!) + 1;
        }

        _given.Add(cohort, registry);
        _atReading.Add(cohort, registry);
    }

    public ExpectedResults ToResults(WrittenSources written) => new()
    {
        Customer = Source(written.Customer),
        Accelerometer = Source(written.Accelerometer),
        StepTrainer = Source(written.StepTrainer),
        DistinctEmails = _emails,
        CustomersWithoutConsent = _withoutConsent,
        LandingJoin = _landingJoin,
        WithheldPeople = _withheld,
        Given = _given.ToTables(),
        AtReading = _atReading.ToTables(),
    };

    private static ExpectedSource Source(WrittenSource written) => new(written.Rows, written.Rejected, written.Files, written.Bytes)
    {
        AnonymousLines = written.Anonymous,
        BlankLines = written.Blank,
        DroppedValues = written.Dropped,
        DamagedTexts = written.Damaged,
    };

    private static long LandingJoin(Cohort cohort, List<CustomerRecord> customers)
    {
        var app = cohort.App.CountBy(reading => (reading.User, reading.Time)).ToDictionary();
        var steps = cohort.Steps.ToLookup(reading => reading.SerialNumber, reading => reading.Time);
        return customers.Sum(customer =>
            steps[customer.SerialNumber].Sum(time => (long)app.GetValueOrDefault((customer.Email, time))));
    }
}
