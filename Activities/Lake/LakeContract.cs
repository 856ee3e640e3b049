using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>The columns and types of all sources and tables.</summary>
public static class LakeContract
{
    private static readonly IReadOnlyList<LakeColumn> Customer =
    [
        new("serialnumber", "string", ValueKind.SerialNumber, Required: true),
        new("sharewithpublicasofdate", "bigint", ValueKind.Date),
        // A string: most birthdays are before 1900 and some before the Gregorian calendar, where date types differ between engines.
        new("birthday", "string"),
        new("registrationdate", "bigint", ValueKind.Time, Required: true),
        new("sharewithresearchasofdate", "bigint", ValueKind.Consent),
        new("customername", "string"),
        new("email", "string", ValueKind.Email, Required: true),
        new("lastupdatedate", "bigint", ValueKind.Time),
        new("phone", "string"),
        new("sharewithfriendsasofdate", "bigint", ValueKind.Date),
    ];

    private static readonly IReadOnlyList<LakeColumn> Accelerometer =
    [
        new("user", "string", ValueKind.Email, Required: true),
        new("timestamp", "bigint", ValueKind.Time, Required: true),
        new("x", "double", ValueKind.Number, Required: true),
        new("y", "double", ValueKind.Number, Required: true),
        new("z", "double", ValueKind.Number, Required: true),
    ];

    private static readonly IReadOnlyList<LakeColumn> StepTrainer =
    [
        new("sensorreadingtime", "bigint", ValueKind.Time, Required: true),
        new("serialnumber", "string", ValueKind.SerialNumber, Required: true),
        new("distancefromobject", "int", ValueKind.Distance, Required: true),
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

    private static readonly LakeColumn Person = new("person", "string", ValueKind.Email);
    private static readonly LakeColumn Device = new("device", "string", ValueKind.SerialNumber);

    private static readonly IReadOnlyList<LakeColumn> Line =
    [
        new("source_file", "string"),
        new("line_bytes", "bigint"),
        new("reason", "string"),
        new("rejected_line", "string"),
        new("dropped_values", "int"),
        new("damaged_texts", "int"),
        new("damaged", "boolean"),
    ];

    // What the consent rules need of a line, also of a rejected one.
    private static readonly IReadOnlyList<LakeColumn> ConsentRecord =
    [
        new("line_key", "string"),
        new("record_time", "bigint"),
        new("states_consent", "boolean"),
    ];

    private static readonly Dictionary<string, SourceContract> Sources = new SourceContract[]
    {
        new(LandingSources.Customer, Customer, [Person, Device, .. Line, .. ConsentRecord]),
        new(LandingSources.Accelerometer, Accelerometer, [Person, .. Line]),
        new(LandingSources.StepTrainer, StepTrainer, [Device, .. Line]),
    }.ToDictionary(source => source.Name);

    private static readonly Dictionary<string, TableContract> TablesByName = new TableContract[]
    {
        new(LakeTables.CustomerTrusted, LakeZones.Trusted, Customer, [Person, Device]),
        new(LakeTables.AccelerometerTrusted, LakeZones.Trusted, Accelerometer, [Person]),
        new(LakeTables.CustomersCurated, LakeZones.Curated, Customer, [Person, Device]),
        new(LakeTables.StepTrainerTrusted, LakeZones.Trusted, StepTrainer, [Device]),
        new(LakeTables.MachineLearningCurated, LakeZones.Curated, Training, []),
    }.ToDictionary(table => table.Name);

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
/// <param name="StagingColumns">The columns that staging adds to these.</param>
public sealed record SourceContract(string Name, IReadOnlyList<LakeColumn> Columns, IReadOnlyList<LakeColumn> StagingColumns)
{
    /// <summary>The crawled table.</summary>
    public string LandingTable => LandingSources.Table(Name);

    /// <summary>The name that SQL uses for the staged lines.</summary>
    public string StagedTable => LandingSources.StagedTable(Name);

    /// <summary>The columns of the staged lines, in the order in which staging selects them.</summary>
    public IReadOnlyList<LakeColumn> StagedColumns => [.. Columns, .. StagingColumns];
}

/// <summary>The contract of a published table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Zone">One of <see cref="LakeZones"/>.</param>
/// <param name="Columns">Its columns, in the order in which its SQL selects them.</param>
/// <param name="IdentityColumns">
/// Cleaned identities that its SQL selects behind them, for later steps of the run. The published definition does not list them.
/// </param>
public sealed record TableContract(string Name, string Zone, IReadOnlyList<LakeColumn> Columns, IReadOnlyList<LakeColumn> IdentityColumns)
{
    /// <summary>The columns of the work table, in the order in which its SQL selects them.</summary>
    public IReadOnlyList<LakeColumn> WorkColumns => [.. Columns, .. IdentityColumns];
}

/// <summary>A column in the Glue catalogue.</summary>
/// <param name="Name">Its name, in lower case.</param>
/// <param name="Type">A Glue type: string, bigint, int, double or boolean.</param>
/// <param name="Kind">How staging reads its values.</param>
/// <param name="Required">Whether a landing line without it is rejected.</param>
public sealed record LakeColumn(string Name, string Type, ValueKind Kind = ValueKind.Text, bool Required = false);

/// <summary>How staging reads a value, what it takes for absent, and what makes it unreadable.</summary>
public enum ValueKind
{
    /// <summary>Text or a whole number. Anything else is dropped.</summary>
    Text,

    /// <summary>An email address, which identifies a person.</summary>
    Email,

    /// <summary>Text or a whole number, which identifies a device.</summary>
    SerialNumber,

    /// <summary>A plausible time in milliseconds since 1970.</summary>
    Time,

    /// <summary>A plausible time in milliseconds since 1970. Anything else is dropped.</summary>
    Date,

    /// <summary>The time of a consent, which may lie in the future. Several values say that there is none.</summary>
    Consent,

    /// <summary>A whole number of 32 bits.</summary>
    Distance,

    /// <summary>A finite number.</summary>
    Number,
}
