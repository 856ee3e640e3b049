namespace Stedi.DevStack.Landing.Model;

/// <summary>Adds the defects in the content of rows, within a cohort. They are in every n-th row, so that small sets have them too.</summary>
internal static class DefectInjector
{
    private static readonly long Year2099 = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long Year2022 = new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static void Apply(Cohort cohort, LandingOptions options, SeededRandom random)
    {
        if (options.Has(LandingDefects.SharedDevices))
        {
            ShareDevices(cohort);
        }

        if (options.Has(LandingDefects.DuplicatePeople))
        {
            DuplicateCustomers.Add(cohort, random);
        }

        if (options.Has(LandingDefects.EmptyConsents))
        {
            EmptyConsents(cohort);
        }

        if (options.Has(LandingDefects.FutureConsents))
        {
            PostponeConsents(cohort);
        }

        if (options.Has(LandingDefects.RejectedCustomers))
        {
            RejectedCustomers.Add(cohort);
        }

        if (options.Has(LandingDefects.TimesInSeconds))
        {
            Reject(cohort, time => time / 1000);
        }

        if (options.Has(LandingDefects.NegativeTimes))
        {
            Reject(cohort, time => -time);
        }

        if (options.Has(LandingDefects.FutureTimes))
        {
            Reject(cohort, time => time + (Year2099 - Year2022));
        }

        if (options.Has(LandingDefects.Orphans))
        {
            AddOrphans(cohort, random);
        }

        if (options.Has(LandingDefects.DuplicateReadings))
        {
            cohort.App.AddRange(Every(400, cohort.App));
            cohort.Steps.AddRange(Every(300, cohort.Steps));
        }

        if (options.Has(LandingDefects.MissingFolders))
        {
            cohort.Steps.Clear();
            cohort.RejectedSteps.Clear();
        }
    }

    private static List<T> Every<T>(int nth, List<T> rows) => [.. rows.Where((_, i) => i % nth == nth / 2)];

    private static void ShareDevices(Cohort cohort)
    {
        for (var i = 3; i + 1 < cohort.Customers.Count; i += 40)
        {
            var otherDevice = cohort.Customers[i + 1].SerialNumber;
            var shared = cohort.Customers[i].SerialNumber.ToUpperInvariant();
            cohort.Customers[i + 1] = cohort.Customers[i + 1] with { SerialNumber = shared };
            for (var at = 0; at < cohort.Steps.Count; at++)
            {
                if (cohort.Steps[at].SerialNumber == otherDevice)
                {
                    cohort.Steps[at] = cohort.Steps[at] with { SerialNumber = shared };
                }
            }
        }
    }

    private static void EmptyConsents(Cohort cohort)
    {
        for (var i = 0; i < cohort.Customers.Count; i += 2)
        {
            if (cohort.Customers[i].Research is null)
            {
                cohort.Customers[i] = cohort.Customers[i] with { Research = 0 };
            }
        }
    }

    private static void PostponeConsents(Cohort cohort)
    {
        for (var i = 5; i < cohort.Customers.Count; i += 15)
        {
            if (cohort.Customers[i].Research is > 0)
            {
                cohort.Customers[i] = cohort.Customers[i] with { Research = Year2099 };
            }
        }
    }

    private static void Reject(Cohort cohort, Func<long, long> change)
    {
        cohort.RejectedApp.AddRange(Every(700, cohort.App).ConvertAll(reading => reading with { Time = change(reading.Time) }));
        cohort.RejectedSteps.AddRange(Every(500, cohort.Steps).ConvertAll(reading => reading with { Time = change(reading.Time) }));
    }

    private static void AddOrphans(Cohort cohort, SeededRandom random)
    {
        var number = random.NextUInt64();
        cohort.App.AddRange(Every(900, cohort.App).ConvertAll(reading => reading with { User = $"Nobody.{number}@example.com" }));
        var device = random.NextUuid();
        cohort.Steps.AddRange(Every(600, cohort.Steps).ConvertAll(reading => reading with { SerialNumber = device }));
    }
}
