using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>Columns and types of everything in the lake, said once.</summary>
public static class LakeContract
{
    static readonly IReadOnlyList<LakeColumn> customer =
    [
        new("serialnumber", "string", Required: true),
        new("sharewithpublicasofdate", "bigint"),
        // A string: most birthdays lie before 1900 and some before the Gregorian calendar, where date types disagree.
        new("birthday", "string"),
        new("registrationdate", "bigint", Required: true),
        new("sharewithresearchasofdate", "bigint"),
        new("customername", "string"),
        new("email", "string", Required: true),
        new("lastupdatedate", "bigint"),
        new("phone", "string"),
        new("sharewithfriendsasofdate", "bigint"),
    ];

    static readonly IReadOnlyList<LakeColumn> accelerometer =
    [
        new("user", "string", Required: true),
        new("timestamp", "bigint", Required: true),
        new("x", "double", Required: true),
        new("y", "double", Required: true),
        new("z", "double", Required: true),
    ];

    static readonly IReadOnlyList<LakeColumn> stepTrainer =
    [
        new("sensorreadingtime", "bigint", Required: true),
        new("serialnumber", "string", Required: true),
        new("distancefromobject", "int", Required: true),
    ];

    static readonly IReadOnlyList<LakeColumn> training =
    [
        new("pseudonym", "string"),
        new("sensorreadingtime", "bigint"),
        new("distancefromobject", "int"),
        new("x", "double"),
        new("y", "double"),
        new("z", "double"),
    ];

    /// <summary>What staging adds to a source's columns.</summary>
    public static IReadOnlyList<LakeColumn> StagingColumns { get; } =
        [new("source_file", "string"), new("rejected_reason", "string")];

    /// <summary>Columns that say, alone or together, who somebody is.</summary>
    public static IReadOnlySet<string> Identifying { get; } =
        new HashSet<string> { "email", "user", "customername", "phone", "birthday", "serialnumber" };

    static readonly Dictionary<string, SourceContract> sources = new SourceContract[]
    {
        new(LandingSources.Customer, customer),
        new(LandingSources.Accelerometer, accelerometer),
        new(LandingSources.StepTrainer, stepTrainer),
    }.ToDictionary(source => source.Name);

    static readonly Dictionary<string, TableContract> tables = new TableContract[]
    {
        new(LakeTables.CustomerTrusted, LakeZones.Trusted, customer),
        new(LakeTables.AccelerometerTrusted, LakeZones.Trusted, accelerometer),
        new(LakeTables.CustomersCurated, LakeZones.Curated, customer),
        new(LakeTables.StepTrainerTrusted, LakeZones.Trusted, stepTrainer),
        new(LakeTables.MachineLearningCurated, LakeZones.Curated, training),
    }.ToDictionary(table => table.Name);

    /// <summary>The contracts of all published tables.</summary>
    public static IReadOnlyCollection<TableContract> Tables => tables.Values;

    /// <summary>The contract of one landing source.</summary>
    public static SourceContract Source(string name) => sources[name];

    /// <summary>The contract of one published table.</summary>
    public static TableContract Table(string name) => tables[name];
}

/// <summary>What must land of one source. Keys in files may be in any case; columns are lower case.</summary>
/// <param name="Name">The folder it lands in.</param>
/// <param name="Columns">All its columns, in the catalogue's order.</param>
public sealed record SourceContract(string Name, IReadOnlyList<LakeColumn> Columns)
{
    /// <summary>The crawled table that people query.</summary>
    public string LandingTable => $"{Name}_landing";

    /// <summary>The name that SQL uses for the staged lines.</summary>
    public string StagedTable => $"{Name}_staged";
}

/// <summary>One published table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Zone">trusted or curated.</param>
/// <param name="Columns">Its columns, in the order in which its SQL selects them.</param>
public sealed record TableContract(string Name, string Zone, IReadOnlyList<LakeColumn> Columns);

/// <summary>One column, as the catalogue names and types it.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Type">A Glue type: string, bigint, int or double.</param>
/// <param name="Required">Whether a landing line without it is rejected.</param>
public sealed record LakeColumn(string Name, string Type, bool Required = false);
