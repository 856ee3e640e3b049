using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;
using Stedi.DevStack.Aws.Protocol;
using static Stedi.DevStack.Aws.Athena.Statements.Statement;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Statements that change the catalogue and touch no data.</summary>
internal sealed class DdlExecution(AuthorizedCatalog edits, TablePartitions partitions, QueryPreparation preparation, TextResult results)
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
            AddPartitions add => Done(() => partitions.Add(edits.TableToChange(run, add.Table), add)),
            DropPartitions drop => Done(() => partitions.Drop(edits.TableToChange(run, drop.Table), drop)),
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
        edits.RequireRight(run, create.Name);
        if (edits.Catalog.FindDatabase(create.Name) is null)
        {
            edits.Catalog.CreateDatabase(create.Name, new JsonObject { ["Description"] = create.Comment, ["LocationUri"] = create.Location }.WithoutNulls());
        }
        else if (!create.IfNotExists)
        {
            throw new QueryFailedException($"FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. Database {create.Name} already exists", AthenaErrorType.Schema);
        }

        return [];
    }

    private List<string> Drop(QueryRun run, DropDatabase drop)
    {
        edits.RequireDrop(run, drop.Name);
        if (edits.Catalog.FindDatabase(drop.Name) is null)
        {
            return drop.IfExists ? [] : throw new QueryFailedException($"FAILED: SemanticException [Error 10072]: Database does not exist: {drop.Name}", AthenaErrorType.Schema);
        }
        if (!drop.Cascade && edits.Catalog.Tables(drop.Name).Count > 0)
        {
            throw new QueryFailedException($"FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. InvalidOperationException(message:Database {drop.Name} is not empty. One or more tables exist.)", AthenaErrorType.Schema);
        }

        edits.Catalog.DeleteDatabase(drop.Name);
        return [];
    }

    private List<string> Create(QueryRun run, CreateTable create)
    {
        var database = AuthorizedCatalog.Database(run, create.Table);
        edits.RequireChange(run, create.Table);
        if (create.Storage.Location is null)
        {
            throw new QueryFailedException("FAILED: SemanticException no table location is provided", AthenaErrorType.Schema);
        }

        foreach (var column in create.Columns.Concat(create.PartitionKeys))
        {
            _ = HiveType.ToDuckDb(column.Type);
        }

        if (!edits.Exists(run, create.Table))
        {
            edits.Catalog.CreateTable(database, create.Table.Name, TableDocument.External(create));
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
        edits.RequireChange(run, create.Table);
        var prepared = await preparation.PrepareAsync(run, create.Query);
        var columns = prepared.Columns.Select(c => new TableColumn(c.Name.ToLowerInvariant(), HiveType.FromDuckDb(c.Type))).ToList();
        var document = TableDocument.View(create.Table.Name, run.Request.Database ?? database, create.Query, columns);
        if (!edits.Exists(run, create.Table))
        {
            edits.Catalog.CreateTable(database, create.Table.Name, document);
        }
        else if (create.Replaces && edits.Table(run, create.Table).IsView)
        {
            edits.Catalog.UpdateTable(database, create.Table.Name, document, null, skipArchive: false);
        }
        else
        {
            throw new QueryFailedException($"TABLE_ALREADY_EXISTS: View already exists: 'awsdatacatalog.{database}.{create.Table.Name}'", AthenaErrorType.Schema);
        }

        return [];
    }

    private List<string> Drop(QueryRun run, DropTable drop)
    {
        edits.RequireChange(run, drop.Table);
        if (!edits.Exists(run, drop.Table))
        {
            return drop.IfExists ? [] : throw new QueryFailedException($"FAILED: SemanticException [Error 10001]: Table not found {drop.Table.Name}", AthenaErrorType.TableMissing);
        }
        var table = edits.Table(run, drop.Table);
        if (table.IsView != drop.IsView)
        {
            throw new QueryFailedException($"FAILED: SemanticException Cannot drop a {(table.IsView ? "view with DROP TABLE" : "table with DROP VIEW")}", AthenaErrorType.Schema);
        }

        edits.Catalog.DeleteTable(table.Database, table.Name);
        return [];
    }

    private List<string> Repair(QueryRun run, RepairTable repair)
    {
        var table = edits.TableToChange(run, repair.Table);
        var added = partitions.Repair(table).Select(f => $"{table.Name}:{f.TrimEnd('/')}").ToList();
        return added.Count == 0 ? [] : [$"Partitions not in metastore:\t{string.Join('\t', added)}", .. added.Select(a => $"Repair: Added partition to metastore {a}")];
    }

    private List<string> Update(QueryRun run, TableName name, Action<JsonObject> change)
    {
        var table = edits.TableToChange(run, name);
        var document = edits.Catalog.Table(table.Database, table.Name);
        change(document);
        edits.Catalog.UpdateTable(table.Database, table.Name, document, null, skipArchive: false);
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
