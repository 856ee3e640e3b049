using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>The catalogue as a statement reaches it: by the caller's rights, with the failures Athena gives.</summary>
internal sealed class AuthorizedCatalog(GlueCatalog catalog, AccessPolicy policy)
{
    public GlueCatalog Catalog => catalog;

    public static string Database(QueryRun run, TableName table) => Database(run, table.Database);

    public static string Database(QueryRun run, string? named) =>
        named ?? run.Request.Database ?? throw QueryFailedException.Syntax("Schema must be specified when session schema is not set");

    /// <exception cref="QueryFailedException">There is no such table.</exception>
    public CatalogTable Table(QueryRun run, TableName name)
    {
        var database = Database(run, name);
        RequireDatabase(run, database);
        return new CatalogTable(catalog.FindTable(database, name.Name) ?? throw QueryFailedException.TableNotFound("", database, name.Name));
    }

    /// <exception cref="QueryFailedException">There is no such table, or it is not the caller's to change.</exception>
    public CatalogTable TableToChange(QueryRun run, TableName name)
    {
        var table = Table(run, name);
        RequireChange(run, name);
        return table;
    }

    /// <exception cref="QueryFailedException">A table of this name is not the caller's to make, change or drop.</exception>
    public void RequireChange(QueryRun run, TableName name)
    {
        var database = Database(run, name);
        RequireDatabase(run, database);
        if (!policy.MayChangeTable(run.Request.Principal, database, name.Name))
        {
            throw QueryFailedException.Protected($"{database}.{name.Name}");
        }
    }

    /// <exception cref="QueryFailedException">The database, or one of its tables, is not the caller's to drop.</exception>
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
