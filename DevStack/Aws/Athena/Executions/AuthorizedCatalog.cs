using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Gives statements access to the catalogue, checks the caller's permissions and fails as Athena does.</summary>
internal sealed class AuthorizedCatalog(GlueCatalog catalog, AccessPolicy policy)
{
    public GlueCatalog Glue => catalog;

    public static string Database(QueryRun run, TableName table) => Database(run, table.Database);

    public static string Database(QueryRun run, string? named) =>
        named ?? run.Request.Database ?? throw QueryFailedException.Syntax("Schema must be specified when session schema is not set");

    /// <exception cref="QueryFailedException">The table does not exist.</exception>
    public CatalogTable Table(QueryRun run, TableName name)
    {
        var database = Database(run, name);
        RequireDatabase(run, database);
        return new CatalogTable(catalog.FindTable(database, name.Name) ?? throw QueryFailedException.TableNotFound("", database, name.Name));
    }

    /// <exception cref="QueryFailedException">The table does not exist, or the caller may not change it.</exception>
    public CatalogTable TableToChange(QueryRun run, TableName name)
    {
        var table = Table(run, name);
        RequireChange(run, name);
        return table;
    }

    /// <exception cref="QueryFailedException">The caller may not create, change or drop a table of this name.</exception>
    public void RequireChange(QueryRun run, TableName name)
    {
        var database = Database(run, name);
        RequireDatabase(run, database);
        if (!policy.MayChangeTable(run.Request.Principal, database, name.Name))
        {
            throw QueryFailedException.Protected($"{database}.{name.Name}");
        }
    }

    /// <exception cref="QueryFailedException">The caller may not drop the database or one of its tables.</exception>
    public void RequireDrop(QueryRun run, string database)
    {
        RequireRight(run, database);
        if (!policy.MayChangeDatabase(run.Request.Principal, database))
        {
            throw QueryFailedException.Protected($"a table of database {database}");
        }
    }

    public bool Exists(QueryRun run, TableName name) => catalog.FindTable(Database(run, name), name.Name) is not null;

    public void RequireDatabase(QueryRun run, string database)
    {
        if (!policy.MayUseDatabase(run.Request.Principal, database))
        {
            throw QueryFailedException.AccessDenied($"database {database}");
        }

        if (catalog.FindDatabase(database) is null)
        {
            throw new QueryFailedException($"SCHEMA_NOT_FOUND: Schema '{database}' does not exist", AthenaErrorType.Schema);
        }
    }

    public void RequireRight(QueryRun run, string database)
    {
        if (!policy.MayUseDatabase(run.Request.Principal, database))
        {
            throw QueryFailedException.AccessDenied($"database {database}");
        }
    }
}
