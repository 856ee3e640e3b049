namespace Stedi.DevStack.Landing.Model;

/// <summary>Generates customers: their identity, registration and consents.</summary>
internal static class CustomerGenerator
{
    private static readonly string[] GivenNames =
    [
        "Aino", "Bertil", "Chiara", "Dmitri", "Eleni", "Fatou", "Goran", "Hanneke", "Ingrid", "Jokin", "Katarzyna", "Leilani",
        "Mireille", "Nkechi", "Oisin", "Paavo", "Quim", "Rosalind", "Sigrun", "Tadeusz", "Ulrike", "Vesna", "Wanjiru", "Xanthe",
        "Yordan", "Zsofia", "Amaru", "Branwen", "Caetano", "Dagny", "Emre", "Freja",
    ];

    private static readonly string[] FamilyNames =
    [
        "Abelson", "Brandvold", "Castellano", "Dumitrescu", "Eskelinen", "Fitzwilliam", "Gorbachova", "Haugland", "Ibarra",
        "Jankowska", "Kowalczyk", "Lindqvist", "Mbeki", "Nakagawa", "Okonkwo", "Papadakis", "Quintero", "Rautio", "Szabo",
        "Thorvaldsen", "Ueda", "Vandenberg", "Wojcik", "Xylouris", "Yilmaz", "Zografos", "Ashdown", "Birkeland", "Carvalho", "Dvorak", "Etxeberria", "Farkas",
    ];

    /// <param name="number">Number of the person in the whole set; makes emails unique.</param>
    /// <param name="random">Source of everything else.</param>
    /// <param name="practice">The person's practice. Most people registered before it, the others during it.</param>
    public static CustomerRecord Create(int number, SeededRandom random, PracticeSession practice)
    {
        var (first, last) = (GivenNames[number % GivenNames.Length], FamilyNames[number / GivenNames.Length % FamilyNames.Length]);
        var round = number / (GivenNames.Length * FamilyNames.Length);
        var registered = practice.Start - random.NextInt32(0, 600_000);
        if (random.NextBoolean(0.44))
        {
            registered = practice.Start + random.NextInt32(0, practice.Length);
        }

        return new()
        {
            Name = $"{first} {last}",
            Email = $"{first}.{last}{(round == 0 ? "" : round + 1)}@example.com",
            Phone = "5550100199",
            BirthDay = BirthDay(random),
            SerialNumber = random.NextUuid(),
            Registered = registered,
            Updated = registered + (random.NextBoolean(0.1) ? random.NextInt32(1, 3_600_000) : 0),
            Research = random.NextBoolean(0.504) ? Consented(registered, random) : null,
            Public = random.NextBoolean(0.5) ? registered : null,
            Friends = random.NextBoolean(0.66) ? registered : null,
        };
    }

    // One in twenty consents later than at registration, some of them after practising.
    private static long Consented(long registered, SeededRandom random) => registered + (random.NextBoolean(0.05) ? random.NextInt32(1_000, 600_000) : 0);

    // As in the published data, most birth days are implausible: nineteen in twenty are before 1900.
    private static string BirthDay(SeededRandom random) => $"{(random.NextBoolean(0.05) ? random.NextInt32(1900, 1985) : random.NextInt32(968, 1900)):0000}-01-01";
}
