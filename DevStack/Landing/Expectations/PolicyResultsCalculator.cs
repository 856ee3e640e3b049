using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Expectations;

/// <summary>Adds up what one consent policy makes of the data.</summary>
internal sealed class PolicyResultsCalculator(bool atReading)
{
    private readonly Dictionary<Exclusion, long> _leftOut = [];
    private long _customerTrusted, _accelerometerTrusted, _customersCurated, _stepTrainerTrusted, _machineLearningCurated, _timestampOnly;

    public void Add(Cohort cohort, CustomerRegistry register)
    {
        var app = cohort.App.Select(reading => reading with { User = CustomerRegistry.Identity(reading.User) });
        var steps = cohort.Steps.Select(reading => reading with { SerialNumber = CustomerRegistry.Identity(reading.SerialNumber) });

        var trusted = Keep(register.People, person => register.Consent(person) is null ? ExclusionReasons.NoConsent : null, "customer_trusted");
        LeaveOut("customer_trusted", ExclusionReasons.OlderRecord, register.OlderRecords);
        var felt = Distinct(Keep(app, reading => WhyNot(reading, register), "accelerometer_trusted"), "accelerometer_trusted");
        var active = felt.Select(reading => reading.User).ToHashSet();
        var curated = Keep(trusted, person => active.Contains(person) ? null : ExclusionReasons.NoReadings, "customers_curated");
        var walked = Distinct(Keep(steps, reading => WhyNot(reading, register, active), "step_trainer_trusted"), "step_trainer_trusted");

        _customerTrusted += trusted.Count;
        _accelerometerTrusted += felt.Count;
        _customersCurated += curated.Count;
        _stepTrainerTrusted += walked.Count;
        Join(felt, [.. walked.Select(step => (register.Owners(step.SerialNumber).Single(), step.Time))]);
    }

    public ExpectedTables ToTables() => new()
    {
        CustomerTrusted = _customerTrusted,
        AccelerometerTrusted = _accelerometerTrusted,
        CustomersCurated = _customersCurated,
        StepTrainerTrusted = _stepTrainerTrusted,
        MachineLearningCurated = _machineLearningCurated,
        TimestampOnlyJoin = _timestampOnly,
        LeftOut = _leftOut,
    };

    private string? WhyNot(AppReading reading, CustomerRegistry register) =>
        !register.Knows(reading.User) ? ExclusionReasons.UnknownPerson
        : register.Consent(reading.User) is not { } since ? ExclusionReasons.NoConsent
        : atReading && reading.Time < since ? ExclusionReasons.BeforeConsent
        : null;

    private string? WhyNot(StepReading reading, CustomerRegistry register, HashSet<string> active)
    {
        var owners = register.Owners(reading.SerialNumber);
        if (owners.Count != 1)
        {
            return owners.Count == 0 ? ExclusionReasons.UnknownDevice : ExclusionReasons.AmbiguousDevice;
        }

        var owner = owners.Single();
        return register.Consent(owner) is not { } since ? ExclusionReasons.NoConsent
            : register.DeviceOf(owner) != reading.SerialNumber ? ExclusionReasons.FormerDevice
            : atReading && reading.Time < since ? ExclusionReasons.BeforeConsent
            : active.Contains(owner) ? null : ExclusionReasons.OwnerWithoutReadings;
    }

    private void Join(List<AppReading> felt, List<(string Person, long Time)> walked)
    {
        var readings = felt.CountBy(reading => (reading.User, reading.Time)).ToDictionary();
        var steps = walked.CountBy(step => step).ToDictionary();
        _machineLearningCurated += steps.Sum(step => (long)step.Value * readings.GetValueOrDefault(step.Key));
        LeaveOut("machine_learning_curated", ExclusionReasons.StepWithoutPartner, steps.Where(step => !readings.ContainsKey(step.Key)).Sum(step => step.Value));
        LeaveOut("machine_learning_curated", ExclusionReasons.ReadingWithoutPartner, readings.Where(reading => !steps.ContainsKey(reading.Key)).Sum(reading => reading.Value));

        var everyonesReadings = felt.CountBy(reading => reading.Time).ToDictionary();
        _timestampOnly += walked.Sum(step => (long)everyonesReadings.GetValueOrDefault(step.Time));
    }

    private List<T> Distinct<T>(List<T> rows, string table)
    {
        var distinct = rows.Distinct().ToList();
        LeaveOut(table, ExclusionReasons.Duplicate, rows.Count - distinct.Count);
        return distinct;
    }

    private List<T> Keep<T>(IEnumerable<T> rows, Func<T, string?> whyNot, string table)
    {
        var outcomes = rows.ToLookup(whyNot);
        foreach (var outcome in outcomes.Where(outcome => outcome.Key is not null))
        {
            LeaveOut(table, outcome.Key!, outcome.Count());
        }

        return [.. outcomes[null]];
    }

    private void LeaveOut(string table, string reason, int rows)
    {
        if (rows > 0)
        {
            var missing = new Exclusion(table, reason);
            _leftOut[missing] = _leftOut.GetValueOrDefault(missing) + rows;
        }
    }
}
