using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Truth;

/// <summary>Adds up what one consent policy makes of the data.</summary>
sealed class PolicyReckoning(bool atReading)
{
    readonly Dictionary<Missing, long> leftOut = [];
    long customerTrusted, accelerometerTrusted, customersCurated, stepTrainerTrusted, machineLearningCurated, timestampOnly;

    public void Add(Cohort cohort, Register register)
    {
        var app = cohort.App.Select(reading => reading with { User = Register.Identity(reading.User) });
        var steps = cohort.Steps.Select(reading => reading with { SerialNumber = Register.Identity(reading.SerialNumber) });

        var trusted = Keep(register.People, person => register.Consent(person) is null ? Reasons.NoConsent : null, "customer_trusted");
        LeaveOut("customer_trusted", Reasons.OlderRecord, register.OlderRecords);
        var felt = Distinct(Keep(app, reading => WhyNot(reading, register), "accelerometer_trusted"), "accelerometer_trusted");
        var active = felt.Select(reading => reading.User).ToHashSet();
        var curated = Keep(trusted, person => active.Contains(person) ? null : Reasons.NoReadings, "customers_curated");
        var walked = Distinct(Keep(steps, reading => WhyNot(reading, register, active), "step_trainer_trusted"), "step_trainer_trusted");

        customerTrusted += trusted.Count;
        accelerometerTrusted += felt.Count;
        customersCurated += curated.Count;
        stepTrainerTrusted += walked.Count;
        Join(felt, [.. walked.Select(step => (register.Owners(step.SerialNumber).Single(), step.Time))]);
    }

    public PolicyTruth Conclude() => new()
    {
        CustomerTrusted = customerTrusted,
        AccelerometerTrusted = accelerometerTrusted,
        CustomersCurated = customersCurated,
        StepTrainerTrusted = stepTrainerTrusted,
        MachineLearningCurated = machineLearningCurated,
        TimestampOnlyJoin = timestampOnly,
        LeftOut = leftOut,
    };

    string? WhyNot(AppReading reading, Register register) =>
        !register.Knows(reading.User) ? Reasons.UnknownPerson
        : register.Consent(reading.User) is not { } since ? Reasons.NoConsent
        : atReading && reading.Time < since ? Reasons.BeforeConsent
        : null;

    string? WhyNot(StepReading reading, Register register, HashSet<string> active)
    {
        var owners = register.Owners(reading.SerialNumber);
        if (owners.Count != 1)
        {
            return owners.Count == 0 ? Reasons.UnknownDevice : Reasons.AmbiguousDevice;
        }

        var owner = owners.Single();
        return register.Consent(owner) is not { } since ? Reasons.NoConsent
            : register.DeviceOf(owner) != reading.SerialNumber ? Reasons.FormerDevice
            : atReading && reading.Time < since ? Reasons.BeforeConsent
            : active.Contains(owner) ? null : Reasons.OwnerWithoutReadings;
    }

    void Join(List<AppReading> felt, List<(string Person, long Time)> walked)
    {
        var readings = felt.CountBy(reading => (reading.User, reading.Time)).ToDictionary();
        var steps = walked.CountBy(step => step).ToDictionary();
        machineLearningCurated += steps.Sum(step => (long)step.Value * readings.GetValueOrDefault(step.Key));
        LeaveOut("machine_learning_curated", Reasons.StepWithoutPartner, steps.Where(step => !readings.ContainsKey(step.Key)).Sum(step => step.Value));
        LeaveOut("machine_learning_curated", Reasons.ReadingWithoutPartner, readings.Where(reading => !steps.ContainsKey(reading.Key)).Sum(reading => reading.Value));

        var everyonesReadings = felt.CountBy(reading => reading.Time).ToDictionary();
        timestampOnly += walked.Sum(step => (long)everyonesReadings.GetValueOrDefault(step.Time));
    }

    List<T> Distinct<T>(List<T> rows, string table)
    {
        var distinct = rows.Distinct().ToList();
        LeaveOut(table, Reasons.Duplicate, rows.Count - distinct.Count);
        return distinct;
    }

    List<T> Keep<T>(IEnumerable<T> rows, Func<T, string?> whyNot, string table)
    {
        var outcomes = rows.ToLookup(whyNot);
        foreach (var outcome in outcomes.Where(outcome => outcome.Key is not null))
        {
            LeaveOut(table, outcome.Key!, outcome.Count());
        }

        return [.. outcomes[null]];
    }

    void LeaveOut(string table, string reason, int rows)
    {
        if (rows > 0)
        {
            var missing = new Missing(table, reason);
            leftOut[missing] = leftOut.GetValueOrDefault(missing) + rows;
        }
    }
}
