namespace Stedi.DevStack.Landing.Model;

/// <summary>Makes the data set, one cohort after the other.</summary>
internal static class CohortGenerator
{
    private const int Size = LandingOptions.PublishedCustomers;

    /// <summary>Accelerometer rows of <see cref="Size"/> people.</summary>
    private const long AppRows = 81_273;

    /// <summary>One person in so many wears the device and never opens the app.</summary>
    private const int IdleEvery = 160;

    private static readonly long FirstOpening = new DateTimeOffset(2022, 6, 13, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long Apart = (long)TimeSpan.FromHours(2).TotalMilliseconds;

    public static IEnumerable<Cohort> Generate(LandingOptions options)
    {
        for (var (first, index) = (0, 0); first < options.Customers; first += Size, index++)
        {
            yield return Make(options, index, first, Math.Min(Size, options.Customers - first));
        }
    }

    private static Cohort Make(LandingOptions options, int index, int first, int people)
    {
        var dice = SeededRandom.For(options.Seed, index);
        var cohort = new Cohort { People = people };
        var taken = new SortedSet<long>();
        var active = Enumerable.Range(0, people).Count(IsActive);
        var rows = AppRows * people / Size;
        for (var (i, before) = (0, 0); i < people; i++)
        {
            var practice = PracticeSession.Create(dice, FirstOpening + (index * Apart), taken);
            var customer = CustomerGenerator.Create(first + i, dice, practice);
            cohort.Customers.Add(customer);
            cohort.Steps.AddRange(practice.Instants.Select(instant => SensorReadings.CreateStepReading(customer.SerialNumber, instant, dice)));
            if (IsActive(i))
            {
                AddAppReadings(cohort, customer, practice, (int)((rows * (before + 1) / active) - (rows * before / active)), dice);
                before++;
            }
        }

        DefectInjector.Apply(cohort, options, dice);
        return cohort;
    }

    private static bool IsActive(int i) => i % IdleEvery != IdleEvery - 1;

    private static void AddAppReadings(Cohort cohort, CustomerRecord customer, PracticeSession practice, int rows, SeededRandom dice)
    {
        var instants = practice.Instants.ToArray();
        if (dice.NextBoolean(0.1))
        {
            // The app felt something when the device did not measure, and missed it when it did.
            instants[dice.NextInt32(0, instants.Length)] += 1;
        }

        var counts = SensorReadings.Distribute(rows, instants.Length, dice);
        for (var at = 0; at < instants.Length; at++)
        {
            cohort.App.AddRange(SensorReadings.CreateAppReadings(customer.Email, instants[at], counts[at], dice));
        }
    }
}
