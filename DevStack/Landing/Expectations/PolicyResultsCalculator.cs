using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Expectations;

/// <summary>Adds up the expected results of one consent policy.</summary>
internal sealed class PolicyResultsCalculator(bool atReading)
{
    private readonly Dictionary<Exclusion, long> _leftOut = [];
    private long _customerTrusted, _accelerometerTrusted, _customersCurated, _stepTrainerTrusted, _machineLearningCurated, _timestampOnly;

    public void Add(Cohort cohort, CustomerRegistry registry)
    {
        var app = cohort.App.Select(reading => reading with { User = CustomerRegistry.Identity(reading.User) });
        var steps = cohort.Steps.Select(reading => reading with { SerialNumber = CustomerRegistry.Identity(reading.SerialNumber) });

        var trusted = Keep(registry.People, registry.Reason, "customer_trusted");
        LeaveOut("customer_trusted", ExclusionReasons.OlderRecord, registry.OlderRecords);
        var appReadings = Distinct(Keep(app, reading => ExclusionReason(reading, registry), "accelerometer_trusted"), "accelerometer_trusted");
        var active = appReadings.Select(reading => reading.User).ToHashSet();
        var curated = Keep(trusted, person => active.Contains(person) ? null : ExclusionReasons.NoReadings, "customers_curated");
        var stepReadings = Distinct(Keep(steps, reading => ExclusionReason(reading, registry, active), "step_trainer_trusted"), "step_trainer_trusted");

        _customerTrusted += trusted.Count;
        _accelerometerTrusted += appReadings.Count;
        _customersCurated += curated.Count;
        _stepTrainerTrusted += stepReadings.Count;
        Join(appReadings, [.. stepReadings.Select(step => (registry.Owner(step.SerialNumber)!, step.Time))]);
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

    private string? ExclusionReason(AppReading reading, CustomerRegistry registry) =>
        !registry.Knows(reading.User) ? ExclusionReasons.UnknownPerson
        : registry.Consent(reading.User) is not { } since ? registry.Reason(reading.User)
        : atReading && reading.Time < since ? ExclusionReasons.BeforeConsent
        : null;

    private string? ExclusionReason(StepReading reading, CustomerRegistry registry, HashSet<string> active)
    {
        if (registry.Owner(reading.SerialNumber) is not { } owner)
        {
            return registry.IsClaimed(reading.SerialNumber) ? ExclusionReasons.AmbiguousDevice : ExclusionReasons.UnknownDevice;
        }

        return registry.Consent(owner) is not { } since ? registry.Reason(owner)
            : registry.DeviceOf(owner) != reading.SerialNumber ? ExclusionReasons.FormerDevice
            : atReading && reading.Time < since ? ExclusionReasons.BeforeConsent
            : active.Contains(owner) ? null : ExclusionReasons.OwnerWithoutReadings;
    }

    private void Join(List<AppReading> appReadings, List<(string Person, long Time)> stepReadings)
    {
        var readings = appReadings.CountBy(reading => (reading.User, reading.Time)).ToDictionary();
        var steps = stepReadings.CountBy(step => step).ToDictionary();
        _machineLearningCurated += steps.Sum(step => (long)step.Value * readings.GetValueOrDefault(step.Key));
        LeaveOut("machine_learning_curated", ExclusionReasons.StepWithoutPartner, steps.Where(step => !readings.ContainsKey(step.Key)).Sum(step => step.Value));
        LeaveOut("machine_learning_curated", ExclusionReasons.ReadingWithoutPartner, readings.Where(reading => !steps.ContainsKey(reading.Key)).Sum(reading => reading.Value));

        var everyonesReadings = appReadings.CountBy(reading => reading.Time).ToDictionary();
        _timestampOnly += stepReadings.Sum(step => (long)everyonesReadings.GetValueOrDefault(step.Time));
    }

    private List<T> Distinct<T>(List<T> rows, string table)
    {
        var distinct = rows.Distinct().ToList();
        LeaveOut(table, ExclusionReasons.Duplicate, rows.Count - distinct.Count);
        return distinct;
    }

    private List<T> Keep<T>(IEnumerable<T> rows, Func<T, string?> exclusionReason, string table)
    {
        var outcomes = rows.ToLookup(exclusionReason);
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
