using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>The columns and types of all sources and tables.</summary>
public static class LakeContract
{
    private static readonly IReadOnlyList<LakeColumn> Customer =
    [
        new("serialnumber", "string", Required: true),
        new("sharewithpublicasofdate", "bigint"),
        // A string: most birthdays are before 1900 and some before the Gregorian calendar, where date types differ between engines.
        new("birthday", "string"),
        new("registrationdate", "bigint", Required: true),
        new("sharewithresearchasofdate", "bigint"),
        new("customername", "string"),
        new("email", "string", Required: true),
        new("lastupdatedate", "bigint"),
        new("phone", "string"),
        new("sharewithfriendsasofdate", "bigint"),
    ];

    private static readonly IReadOnlyList<LakeColumn> Accelerometer =
    [
        new("user", "string", Required: true),
        new("timestamp", "bigint", Required: true),
        new("x", "double", Required: true),
        new("y", "double", Required: true),
        new("z", "double", Required: true),
    ];

    private static readonly IReadOnlyList<LakeColumn> StepTrainer =
    [
        new("sensorreadingtime", "bigint", Required: true),
        new("serialnumber", "string", Required: true),
        new("distancefromobject", "int", Required: true),
    ];

    private static readonly IReadOnlyList<LakeColumn> Training =
    [
        new("pseudonym", "string"),
        new("sensorreadingtime", "bigint"),
        new("distancefromobject", "int"),
        new("x", "double"),
        new("y", "double"),
        new("z", "double"),
    ];

    private static readonly Dictionary<string, SourceContract> Sources = new SourceContract[]
    {
        new(LandingSources.Customer, Customer),
        new(LandingSources.Accelerometer, Accelerometer),
        new(LandingSources.StepTrainer, StepTrainer),
    }.ToDictionary(source => source.Name);

    private static readonly Dictionary<string, TableContract> TablesByName = new TableContract[]
    {
        new(LakeTables.CustomerTrusted, LakeZones.Trusted, Customer),
        new(LakeTables.AccelerometerTrusted, LakeZones.Trusted, Accelerometer),
        new(LakeTables.CustomersCurated, LakeZones.Curated, Customer),
        new(LakeTables.StepTrainerTrusted, LakeZones.Trusted, StepTrainer),
        new(LakeTables.MachineLearningCurated, LakeZones.Curated, Training),
    }.ToDictionary(table => table.Name);

    /// <summary>The columns that staging adds to those of a source.</summary>
    public static IReadOnlyList<LakeColumn> StagingColumns { get; } =
        [new("source_file", "string"), new("rejected_reason", "string")];

    /// <summary>The columns that identify a person, alone or in combination.</summary>
    public static IReadOnlySet<string> Identifying { get; } =
        new HashSet<string> { "email", "user", "customername", "phone", "birthday", "serialnumber" };

    /// <summary>The contracts of all published tables.</summary>
    public static IReadOnlyCollection<TableContract> Tables => TablesByName.Values;

    /// <summary>Returns the contract of a landing source.</summary>
    public static SourceContract Source(string name) => Sources[name];

    /// <summary>Returns the contract of a published table.</summary>
    public static TableContract Table(string name) => TablesByName[name];

    /// <summary>Returns the zone of a published table; any other table is a landing table.</summary>
    public static string ZoneOf(string table) => TablesByName.GetValueOrDefault(table)?.Zone ?? LakeZones.Landing;
}

/// <summary>The contract of a landing source. Keys in its files may be in any case.</summary>
/// <param name="Name">The source, which is also the folder that it lands in.</param>
/// <param name="Columns">Its columns, in the catalogue's order.</param>
public sealed record SourceContract(string Name, IReadOnlyList<LakeColumn> Columns)
{
    /// <summary>The crawled table.</summary>
    public string LandingTable => LandingSources.Table(Name);

    /// <summary>The name that SQL uses for the staged lines.</summary>
    public string StagedTable => LandingSources.StagedTable(Name);
}

/// <summary>The contract of a published table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Zone">One of <see cref="LakeZones"/>.</param>
/// <param name="Columns">Its columns, in the order in which its SQL selects them.</param>
public sealed record TableContract(string Name, string Zone, IReadOnlyList<LakeColumn> Columns);

/// <summary>A column in the Glue catalogue.</summary>
/// <param name="Name">Its name, in lower case.</param>
/// <param name="Type">A Glue type: string, bigint, int or double.</param>
/// <param name="Required">Whether a landing line without it is rejected.</param>
public sealed record LakeColumn(string Name, string Type, bool Required = false);
