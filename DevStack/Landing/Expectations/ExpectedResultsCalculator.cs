using Stedi.DevStack.Landing.Files;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Expectations;

/// <summary>Adds up the truth, cohort by cohort: nothing in one bears on another.</summary>
sealed class ExpectedResultsCalculator
{
    readonly PolicyResultsCalculator given = new(atReading: false);
    readonly PolicyResultsCalculator atReading = new(atReading: true);
    long emails;
    long withoutConsent;
    long landingJoin;

    public void Add(Cohort cohort)
    {
        emails += cohort.Customers.Select(customer => customer.Email).Distinct().Count();
        withoutConsent += cohort.Customers.Count(customer => customer.Research is not > 0);
        landingJoin += LandingJoin(cohort);

        var register = new CustomerRegistry(cohort.Customers);
        given.Add(cohort, register);
        atReading.Add(cohort, register);
    }

    public ExpectedResults ToResults(WrittenSources written) => new()
    {
        Customer = Source(written.Customer),
        Accelerometer = Source(written.Accelerometer),
        StepTrainer = Source(written.StepTrainer),
        DistinctEmails = emails,
        CustomersWithoutConsent = withoutConsent,
        LandingJoin = landingJoin,
        Given = given.ToTables(),
        AtReading = atReading.ToTables(),
    };

    static ExpectedSource Source(WrittenSource written) => new(written.Rows, written.Rejected, written.Files, written.Bytes);

    static long LandingJoin(Cohort cohort)
    {
        var app = cohort.App.CountBy(reading => (reading.User, reading.Time)).ToDictionary();
        var steps = cohort.Steps.ToLookup(reading => reading.SerialNumber, reading => reading.Time);
        return cohort.Customers.Sum(customer =>
            steps[customer.SerialNumber].Sum(time => (long)app.GetValueOrDefault((customer.Email, time))));
    }
}
