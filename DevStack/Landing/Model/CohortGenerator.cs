namespace Stedi.DevStack.Landing.Model;

/// <summary>Generates the data set, one cohort after the other.</summary>
internal static class CohortGenerator
{
    private const int Size = LandingOptions.PublishedCustomers;

    /// <summary>Accelerometer rows of <see cref="Size"/> people.</summary>
    private const long AppRows = 81_273;

    /// <summary>One person in this many wears the device and never opens the app.</summary>
    private const int IdleEvery = 160;

    private static readonly long FirstStart = new DateTimeOffset(2022, 6, 13, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long CohortInterval = (long)TimeSpan.FromHours(2).TotalMilliseconds;

    public static IEnumerable<Cohort> Generate(LandingOptions options)
    {
        for (var (first, index) = (0, 0); first < options.Customers; first += Size, index++)
        {
            yield return Make(options, index, first, Math.Min(Size, options.Customers - first));
        }
    }

    private static Cohort Make(LandingOptions options, int index, int first, int people)
    {
        var random = SeededRandom.For(options.Seed, index);
        var cohort = new Cohort { People = people };
        var taken = new SortedSet<long>();
        var active = Enumerable.Range(0, people).Count(IsActive);
        var rows = AppRows * people / Size;
        for (var (i, before) = (0, 0); i < people; i++)
        {
            var practice = PracticeSession.Create(random, FirstStart + (index * CohortInterval), taken);
            var customer = CustomerGenerator.Create(first + i, random, practice);
            cohort.Customers.Add(customer);
            cohort.Steps.AddRange(practice.Instants.Select(instant => SensorReadings.CreateStepReading(customer.SerialNumber, instant, random)));
            if (IsActive(i))
            {
                AddAppReadings(cohort, customer, practice, (int)((rows * (before + 1) / active) - (rows * before / active)), random);
                before++;
            }
        }

        DefectInjector.Apply(cohort, options, random);
        return cohort;
    }

    private static bool IsActive(int i) => i % IdleEvery != IdleEvery - 1;

    private static void AddAppReadings(Cohort cohort, CustomerRecord customer, PracticeSession practice, int rows, SeededRandom random)
    {
        var instants = practice.Instants.ToArray();
        if (random.NextBoolean(0.1))
        {
            // One reading of the app has no step reading at the same instant, and one step reading has no reading of the app.
            instants[random.NextInt32(0, instants.Length)] += 1;
        }

        var counts = SensorReadings.Distribute(rows, instants.Length, random);
        for (var at = 0; at < instants.Length; at++)
        {
            cohort.App.AddRange(SensorReadings.CreateAppReadings(customer.Email, instants[at], counts[at], random));
        }
    }
}
