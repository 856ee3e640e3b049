using Stedi.DevStack.Landing.Files;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Expectations;

/// <summary>Adds up the expected results cohort by cohort; cohorts do not affect each other.</summary>
internal sealed class ExpectedResultsCalculator
{
    private readonly PolicyResultsCalculator _given = new(atReading: false);
    private readonly PolicyResultsCalculator _atReading = new(atReading: true);
    private long _emails;
    private long _withoutConsent;
    private long _landingJoin;

    public void Add(Cohort cohort)
    {
        _emails += cohort.Customers.Select(customer => customer.Email).Distinct().Count();
        _withoutConsent += cohort.Customers.Count(customer => customer.Research is not > 0);
        _landingJoin += LandingJoin(cohort);

        var registry = new CustomerRegistry(cohort.Customers);
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
        Given = _given.ToTables(),
        AtReading = _atReading.ToTables(),
    };

    private static ExpectedSource Source(WrittenSource written) => new(written.Rows, written.Rejected, written.Files, written.Bytes);

    private static long LandingJoin(Cohort cohort)
    {
        var app = cohort.App.CountBy(reading => (reading.User, reading.Time)).ToDictionary();
        var steps = cohort.Steps.ToLookup(reading => reading.SerialNumber, reading => reading.Time);
        return cohort.Customers.Sum(customer =>
            steps[customer.SerialNumber].Sum(time => (long)app.GetValueOrDefault((customer.Email, time))));
    }
}
