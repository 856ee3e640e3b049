namespace Stedi.DevStack.Aws.Athena.Statements;

internal sealed record TableName(string? Database, string Name);

internal sealed record ColumnDefinition(string Name, string Type, string? Comment);

/// <summary>A parsed statement. Queries in it remain text, which the translator parses.</summary>
/// <param name="Type"><c>StatementType</c>: DDL, DML or UTILITY.</param>
/// <param name="SubType"><c>SubstatementType</c>.</param>
internal abstract record Statement(string Type, string SubType)
{
    public sealed record Select(string Query) : Statement("DML", "SELECT");

    public sealed record Unload(string Query, string Target, IReadOnlyDictionary<string, string> Properties, IReadOnlyList<string> PartitionedBy) : Statement("DML", "UNLOAD");

    public sealed record CreateTableAs(TableName Table, string Query, bool IfNotExists, bool WithData, IReadOnlyDictionary<string, string> Properties, IReadOnlyList<string> PartitionedBy)
        : Statement("DDL", "CREATE_TABLE_AS_SELECT");

    public sealed record Insert(TableName Table, IReadOnlyList<string> Columns, string Query) : Statement("DML", "INSERT");

    public sealed record CreateView(TableName Table, string Query, bool Replaces) : Statement("DDL", "CREATE_VIEW");

    public sealed record CreateTable(TableName Table, bool IfNotExists, IReadOnlyList<ColumnDefinition> Columns, IReadOnlyList<ColumnDefinition> PartitionKeys, TableStorage Storage)
        : Statement("DDL", "CREATE_TABLE");

    public sealed record DropTable(TableName Table, bool IfExists, bool IsView) : Statement("DDL", IsView ? "DROP_VIEW" : "DROP_TABLE");

    public sealed record CreateDatabase(string Name, bool IfNotExists, string? Comment, string? Location) : Statement("DDL", "CREATE_DATABASE");

    public sealed record DropDatabase(string Name, bool IfExists, bool Cascade) : Statement("DDL", "DROP_DATABASE");

    public sealed record AddPartitions(TableName Table, bool IfNotExists, IReadOnlyList<PartitionSpec> Partitions) : Statement("DDL", "ALTER_TABLE_ADD_PARTITION");

    public sealed record DropPartitions(TableName Table, bool IfExists, IReadOnlyList<PartitionSpec> Partitions) : Statement("DDL", "ALTER_TABLE_DROP_PARTITION");

    public sealed record AddColumns(TableName Table, IReadOnlyList<ColumnDefinition> Columns) : Statement("DDL", "ALTER_TABLE_ADD_COLUMNS");

    public sealed record SetProperties(TableName Table, IReadOnlyDictionary<string, string> Properties) : Statement("DDL", "ALTER_TABLE_SET_TBLPROPERTIES");

    public sealed record SetLocation(TableName Table, string Location) : Statement("DDL", "ALTER_TABLE_SET_LOCATION");

    public sealed record RepairTable(TableName Table) : Statement("DDL", "MSCK_REPAIR_TABLE");

    public sealed record ShowDatabases(string? Pattern) : Statement("UTILITY", "SHOW_DATABASES");

    public sealed record ShowTables(string? Database, string? Pattern, bool ViewsOnly) : Statement("UTILITY", "SHOW_TABLES");

    public sealed record ShowColumns(TableName Table) : Statement("UTILITY", "SHOW_COLUMNS");

    public sealed record ShowPartitions(TableName Table) : Statement("UTILITY", "SHOW_PARTITIONS");

    public sealed record ShowCreateTable(TableName Table) : Statement("UTILITY", "SHOW_CREATE_TABLE");

    public sealed record ShowProperties(TableName Table) : Statement("UTILITY", "SHOW_TBLPROPERTIES");

    public sealed record Describe(TableName Table) : Statement("UTILITY", "DESCRIBE_TABLE");

    public sealed record Explain(string Query) : Statement("UTILITY", "EXPLAIN");

    public sealed record Prepare(string Name, string Query) : Statement("DDL", "PREPARE");

    public sealed record Execute(string Name, IReadOnlyList<string> Arguments) : Statement("DML", "EXECUTE");

    public sealed record Deallocate(string Name) : Statement("DDL", "DEALLOCATE");
}

internal sealed record PartitionSpec(IReadOnlyDictionary<string, string> Values, string? Location);

/// <summary>Storage clauses of CREATE EXTERNAL TABLE.</summary>
internal sealed record TableStorage(string? Serde, IReadOnlyDictionary<string, string> SerdeProperties, string? StoredAs, string? InputFormat, string? OutputFormat,
    string? Location, string? Comment, IReadOnlyDictionary<string, string> Properties);
