namespace Stedi.DevStack.Landing.Model;

/// <summary>Invents customers: who they are, when they registered and what they agreed to.</summary>
internal static class CustomerGenerator
{
    private static readonly string[] Given =
    [
        "Aino", "Bertil", "Chiara", "Dmitri", "Eleni", "Fatou", "Goran", "Hanneke", "Ingrid", "Jokin", "Katarzyna", "Leilani",
        "Mireille", "Nkechi", "Oisin", "Paavo", "Quim", "Rosalind", "Sigrun", "Tadeusz", "Ulrike", "Vesna", "Wanjiru", "Xanthe",
        "Yordan", "Zsofia", "Amaru", "Branwen", "Caetano", "Dagny", "Emre", "Freja",
    ];

    private static readonly string[] Family =
    [
        "Abelson", "Brandvold", "Castellano", "Dumitrescu", "Eskelinen", "Fitzwilliam", "Gorbachova", "Haugland", "Ibarra",
        "Jankowska", "Kowalczyk", "Lindqvist", "Mbeki", "Nakagawa", "Okonkwo", "Papadakis", "Quintero", "Rautio", "Szabo",
        "Thorvaldsen", "Ueda", "Vandenberg", "Wojcik", "Xylouris", "Yilmaz", "Zografos", "Ashdown", "Birkeland", "Carvalho", "Dvorak", "Etxeberria", "Farkas",
    ];

    /// <param name="number">Counts people over the whole set, so that no two have one email.</param>
    /// <param name="dice">Decides everything else.</param>
    /// <param name="practice">When this person practised: most registered before, some in the middle of it.</param>
    public static CustomerRecord Create(int number, SeededRandom dice, PracticeSession practice)
    {
        var (first, last) = (Given[number % Given.Length], Family[number / Given.Length % Family.Length]);
        var round = number / (Given.Length * Family.Length);
        var registered = practice.Start - dice.NextInt32(0, 600_000);
        if (dice.NextBoolean(0.44))
        {
            registered = practice.Start + dice.NextInt32(0, practice.Length);
        }

        return new()
        {
            Name = $"{first} {last}",
            Email = $"{first}.{last}{(round == 0 ? "" : round + 1)}@example.com",
            Phone = "5550100199",
            BirthDay = BirthDay(dice),
            SerialNumber = dice.NextUuid(),
            Registered = registered,
            Updated = registered + (dice.NextBoolean(0.1) ? dice.NextInt32(1, 3_600_000) : 0),
            Research = dice.NextBoolean(0.504) ? Consented(registered, dice) : null,
            Public = dice.NextBoolean(0.5) ? registered : null,
            Friends = dice.NextBoolean(0.66) ? registered : null,
        };
    }

    // One in twenty agrees later than at registration, some of them after practising.
    private static long Consented(long registered, SeededRandom dice) => registered + (dice.NextBoolean(0.05) ? dice.NextInt32(1_000, 600_000) : 0);

    // Nineteen in twenty were born, they say, before 1900: no date type may be trusted with that.
    private static string BirthDay(SeededRandom dice) => $"{(dice.NextBoolean(0.05) ? dice.NextInt32(1900, 1985) : dice.NextInt32(968, 1900)):0000}-01-01";
}
