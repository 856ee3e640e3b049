using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>The column lineage of a table. It has to be changed together with the table's SQL.</summary>
/// <param name="Columns">The sources of each column's values.</param>
/// <param name="Rows">The columns that determine which rows the table has.</param>
public sealed record TableLineage(IReadOnlyDictionary<string, IReadOnlyList<ColumnSource>> Columns, IReadOnlyList<ColumnSource> Rows)
{
    private static readonly string CustomerStaged = LandingSources.StagedTable(LandingSources.Customer);
    private static readonly string AccelerometerStaged = LandingSources.StagedTable(LandingSources.Accelerometer);
    private static readonly string StepTrainerStaged = LandingSources.StagedTable(LandingSources.StepTrainer);

    private static readonly Dictionary<string, TableLineage> Tables = new()
    {
        [LakeTables.CustomerTrusted] = new(
            Same(LakeTables.CustomerTrusted, CustomerStaged),
            [
                new(CustomerStaged, "email", "WINDOW", "one record per person"),
                new(CustomerStaged, "lastupdatedate", "WINDOW", "the latest record decides"),
                new(CustomerStaged, "registrationdate", "WINDOW", "the latest record decides"),
                new(CustomerStaged, "sharewithresearchasofdate", "FILTER", "a research consent is given"),
            ]),
        [LakeTables.AccelerometerTrusted] = new(
            Same(LakeTables.AccelerometerTrusted, AccelerometerStaged),
            [
                new(AccelerometerStaged, "user", "JOIN", "the reading's person"),
                new(LakeTables.CustomerTrusted, "email", "JOIN", "the reading's person"),
                new(LakeTables.CustomerTrusted, "sharewithresearchasofdate", "FILTER", "the person's consent allows the reading"),
            ]),
        [LakeTables.CustomersCurated] = new(
            Same(LakeTables.CustomersCurated, LakeTables.CustomerTrusted),
            [
                new(LakeTables.CustomerTrusted, "email", "FILTER", "the person has trusted readings"),
                new(LakeTables.AccelerometerTrusted, "user", "FILTER", "the person has trusted readings"),
            ]),
        [LakeTables.StepTrainerTrusted] = new(
            Same(LakeTables.StepTrainerTrusted, StepTrainerStaged),
            [
                new(StepTrainerStaged, "serialnumber", "JOIN", "the reading's device"),
                new(LakeTables.CustomersCurated, "serialnumber", "JOIN", "the person's device"),
                new(LakeTables.CustomersCurated, "sharewithresearchasofdate", "FILTER", "the person's consent allows the reading"),
                new(CustomerStaged, "serialnumber", "FILTER", "one person claims the device"),
                new(CustomerStaged, "email", "FILTER", "one person claims the device"),
            ]),
        [LakeTables.MachineLearningCurated] = new(
            new Dictionary<string, IReadOnlyList<ColumnSource>>
            {
                ["pseudonym"] = [new(LakeTables.CustomersCurated, "email", "TRANSFORMATION", "hmac_sha256 under the lake's key", Masking: true)],
                ["sensorreadingtime"] = [new(LakeTables.StepTrainerTrusted, "sensorreadingtime", "IDENTITY")],
                ["distancefromobject"] = [new(LakeTables.StepTrainerTrusted, "distancefromobject", "IDENTITY")],
                ["x"] = [new(LakeTables.AccelerometerTrusted, "x", "IDENTITY")],
                ["y"] = [new(LakeTables.AccelerometerTrusted, "y", "IDENTITY")],
                ["z"] = [new(LakeTables.AccelerometerTrusted, "z", "IDENTITY")],
            },
            [
                new(LakeTables.StepTrainerTrusted, "serialnumber", "JOIN", "the same person"),
                new(LakeTables.CustomersCurated, "serialnumber", "JOIN", "the same person"),
                new(LakeTables.CustomersCurated, "email", "JOIN", "the same person"),
                new(LakeTables.AccelerometerTrusted, "user", "JOIN", "the same person"),
                new(LakeTables.StepTrainerTrusted, "sensorreadingtime", "JOIN", "the same instant"),
                new(LakeTables.AccelerometerTrusted, "timestamp", "JOIN", "the same instant"),
            ]),
    };

    /// <summary>Returns the lineage of one of the five tables.</summary>
    public static TableLineage Of(string table) => Tables[table];

    /// <summary>Returns the lineage of a source's staged lines, whose columns are cast from those of the crawled table.</summary>
    public static TableLineage OfStaged(SourceContract source) => new(
        source.Columns.ToDictionary(
            column => column.Name,
            IReadOnlyList<ColumnSource> (column) => [new(source.LandingTable, column.Name, column.Type == "string" ? "IDENTITY" : "TRANSFORMATION", column.Type == "string" ? "" : $"cast to {column.Type}")]),
        []);

    private static Dictionary<string, IReadOnlyList<ColumnSource>> Same(string table, string source) =>
        LakeContract.Table(table).Columns.ToDictionary(
            column => column.Name, IReadOnlyList<ColumnSource> (column) => [new(source, column.Name, "IDENTITY")]);
}

/// <summary>A column that the values or the rows of a table depend on.</summary>
/// <param name="Table">The table, by the name that SQL uses for it.</param>
/// <param name="Column">Its column.</param>
/// <param name="Subtype">OpenLineage's subtype: IDENTITY, TRANSFORMATION, AGGREGATION; or JOIN, GROUP_BY, FILTER, WINDOW.</param>
/// <param name="Description">How it is used.</param>
/// <param name="Masking">Whether the original value cannot be recovered.</param>
public sealed record ColumnSource(string Table, string Column, string Subtype, string Description = "", bool Masking = false)
{
    /// <summary>Whether it affects which rows the table has, not their values.</summary>
    public bool IsIndirect => Subtype is "JOIN" or "GROUP_BY" or "FILTER" or "WINDOW";
}
