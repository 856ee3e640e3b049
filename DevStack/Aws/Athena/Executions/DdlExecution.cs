using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;
using Stedi.DevStack.Aws.Protocol;
using static Stedi.DevStack.Aws.Athena.Statements.Statement;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Runs statements that change the catalogue and no data.</summary>
internal sealed class DdlExecution(AuthorizedCatalog catalog, TablePartitions partitions, QueryPreparation preparation, TextResult results)
{
    public async Task<QueryOutcome> RunAsync(QueryRun run, Statement statement)
    {
        IReadOnlyList<string> lines = statement switch
        {
            CreateDatabase create => Create(run, create),
            DropDatabase drop => Drop(run, drop),
            CreateTable create => Create(run, create),
            CreateView create => await CreateAsync(run, create),
            DropTable drop => Drop(run, drop),
            AddPartitions add => Done(() => partitions.Add(catalog.TableToChange(run, add.Table), add)),
            DropPartitions drop => Done(() => partitions.Drop(catalog.TableToChange(run, drop.Table), drop)),
            RepairTable repair => Repair(run, repair),
            AddColumns add => Update(run, add.Table, document => AddTo(document, add.Columns)),
            SetProperties set => Update(run, set.Table, document => SetOn(document, set.Properties)),
            SetLocation set => Update(run, set.Table, document => document["StorageDescriptor"]!["Location"] = set.Location),
            _ => throw QueryFailedException.NotSupported(statement.SubType),
        };
        run.BeginCommit();
        return results.Write(run, [], lines.Select(l => (string[])[l]));
    }

    private List<string> Create(QueryRun run, CreateDatabase create)
    {
        catalog.RequireRight(run, create.Name);
        if (catalog.Glue.FindDatabase(create.Name) is null)
        {
            catalog.Glue.CreateDatabase(create.Name, new JsonObject { ["Description"] = create.Comment, ["LocationUri"] = create.Location }.WithoutNulls());
        }
        else if (!create.IfNotExists)
        {
            throw new QueryFailedException($"FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. Database {create.Name} already exists", AthenaErrorType.Schema);
        }

        return [];
    }

    private List<string> Drop(QueryRun run, DropDatabase drop)
    {
        catalog.RequireDrop(run, drop.Name);
        if (catalog.Glue.FindDatabase(drop.Name) is null)
        {
            return drop.IfExists ? [] : throw new QueryFailedException($"FAILED: SemanticException [Error 10072]: Database does not exist: {drop.Name}", AthenaErrorType.Schema);
        }
        if (!drop.Cascade && catalog.Glue.Tables(drop.Name).Count > 0)
        {
            throw new QueryFailedException($"FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. InvalidOperationException(message:Database {drop.Name} is not empty. One or more tables exist.)", AthenaErrorType.Schema);
        }

        catalog.Glue.DeleteDatabase(drop.Name);
        return [];
    }

    private List<string> Create(QueryRun run, CreateTable create)
    {
        var database = AuthorizedCatalog.Database(run, create.Table);
        catalog.RequireChange(run, create.Table);
        if (create.Storage.Location is null)
        {
            throw new QueryFailedException("FAILED: SemanticException no table location is provided", AthenaErrorType.Schema);
        }

        foreach (var column in create.Columns.Concat(create.PartitionKeys))
        {
            _ = HiveType.ToDuckDb(column.Type);
        }

        if (!catalog.Exists(run, create.Table))
        {
            catalog.Glue.CreateTable(database, create.Table.Name, TableDocument.External(create));
        }
        else if (!create.IfNotExists)
        {
            throw new QueryFailedException($"FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. AlreadyExistsException(message:Table {create.Table.Name} already exists)", AthenaErrorType.Schema);
        }

        return [];
    }

    private async Task<List<string>> CreateAsync(QueryRun run, CreateView create)
    {
        var database = AuthorizedCatalog.Database(run, create.Table);
        catalog.RequireChange(run, create.Table);
        var prepared = await preparation.PrepareAsync(run, create.Query);
        var columns = prepared.Columns.Select(c => new TableColumn(c.Name.ToLowerInvariant(), HiveType.FromDuckDb(c.Type))).ToList();
        var document = TableDocument.View(create.Table.Name, run.Request.Database ?? database, create.Query, columns);
        if (!catalog.Exists(run, create.Table))
        {
            catalog.Glue.CreateTable(database, create.Table.Name, document);
        }
        else if (create.Replaces && catalog.Table(run, create.Table).IsView)
        {
            catalog.Glue.UpdateTable(database, create.Table.Name, document, null, skipArchive: false);
        }
        else
        {
            throw new QueryFailedException($"TABLE_ALREADY_EXISTS: View already exists: 'awsdatacatalog.{database}.{create.Table.Name}'", AthenaErrorType.Schema);
        }

        return [];
    }

    private List<string> Drop(QueryRun run, DropTable drop)
    {
        catalog.RequireChange(run, drop.Table);
        if (!catalog.Exists(run, drop.Table))
        {
            return drop.IfExists ? [] : throw new QueryFailedException($"FAILED: SemanticException [Error 10001]: Table not found {drop.Table.Name}", AthenaErrorType.TableMissing);
        }
        var table = catalog.Table(run, drop.Table);
        if (table.IsView != drop.IsView)
        {
            throw new QueryFailedException($"FAILED: SemanticException Cannot drop a {(table.IsView ? "view with DROP TABLE" : "table with DROP VIEW")}", AthenaErrorType.Schema);
        }

        catalog.Glue.DeleteTable(table.Database, table.Name);
        return [];
    }

    private List<string> Repair(QueryRun run, RepairTable repair)
    {
        var table = catalog.TableToChange(run, repair.Table);
        var added = partitions.Repair(table).Select(f => $"{table.Name}:{f.TrimEnd('/')}").ToList();
        return added.Count == 0 ? [] : [$"Partitions not in metastore:\t{string.Join('\t', added)}", .. added.Select(a => $"Repair: Added partition to metastore {a}")];
    }

    private List<string> Update(QueryRun run, TableName name, Action<JsonObject> change)
    {
        var table = catalog.TableToChange(run, name);
        var document = catalog.Glue.Table(table.Database, table.Name);
        change(document);
        catalog.Glue.UpdateTable(table.Database, table.Name, document, null, skipArchive: false);
        return [];
    }

    private static void AddTo(JsonObject document, IReadOnlyList<ColumnDefinition> columns)
    {
        foreach (var column in columns)
        {
            document["StorageDescriptor"]!["Columns"]!.AsArray().Add(TableDocument.Column(column));
        }
    }

    private static void SetOn(JsonObject document, IReadOnlyDictionary<string, string> properties)
    {
        var parameters = document["Parameters"] as JsonObject ?? [];
        foreach (var (name, value) in properties)
        {
            parameters[name] = value;
        }

        if (parameters.Parent is null)
        {
            document["Parameters"] = parameters;
        }
    }

    private static List<string> Done(Action action)
    {
        action();
        return [];
    }
}
