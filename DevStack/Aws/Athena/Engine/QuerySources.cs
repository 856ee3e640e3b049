using System.Text;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Checks that the caller may read a query's tables, and creates them as views in its sandbox.</summary>
internal sealed class QuerySources(GlueCatalog catalog, TableFiles files, TableView view, TableFormats formats, InformationSchemaViews information, TrinoTranslator translator, AccessPolicy policy)
{
    private const int MaxViewDepth = 16;

    private sealed class Script(Principal principal, bool withPath, QueryFiles files)
    {
        public Principal Principal => principal;

        public QueryFiles Files => files;

        public bool WithPath => withPath;

        public StringBuilder Text { get; } = new();

        public HashSet<TableReference> Done { get; } = [];

        public long Bytes { get; set; }
    }

    /// <summary>Creates the views and returns the number of bytes that the query will scan.</summary>
    /// <exception cref="QueryFailedException">A table does not exist, or the caller may not read it.</exception>
    public long Attach(Sandbox sandbox, TranslatedQuery query, Principal principal)
    {
        var script = new Script(principal, query.UsesPath, new QueryFiles(sandbox.TempDirectory, sandbox.ThrowIfInterrupted));
        AddAll(script, query, 0);
        if (script.Text.Length > 0)
        {
            sandbox.Execute(script.Text.ToString());
        }

        return script.Bytes;
    }

    private void AddAll(Script script, TranslatedQuery query, int depth)
    {
        if (depth > MaxViewDepth)
        {
            throw new QueryFailedException("VIEW_IS_RECURSIVE: Views are nested too deeply", AthenaErrorType.Schema);
        }

        foreach (var reference in query.Tables.Where(script.Done.Add))
        {
            Add(script, reference, query, depth);
        }
    }

    private void Add(Script script, TableReference reference, TranslatedQuery query, int depth)
    {
        if (reference.Database == InformationSchema.Name)
        {
            Create(script, InformationSchema.View, reference.Table, information.Select(reference.Table));
            return;
        }
        var table = Find(reference, script.Principal);
        if (table.IsView)
        {
            var inner = translator.Translate(PrestoView.Query(table), PrestoView.Database(table));
            AddAll(script, inner, depth + 1);
            Create(script, reference.Database, reference.Table, inner.Sql);
            return;
        }
        var groups = files.Of(table, script.Principal);
        var format = formats.Of(table);
        var read = PlainNames.Link(format.Prepare(table, groups, script.Files), script.Files.Directory);
        Create(script, reference.Database, reference.Table, view.Select(table, read, new TableRead(script.WithPath, query.Columns, query.Hidden)));
        script.Bytes += groups.Sum(g => format.BytesScanned(g.Files, query.Columns));
    }

    private CatalogTable Find(TableReference reference, Principal principal)
    {
        if (!policy.MayUseDatabase(principal, reference.Database))
        {
            throw QueryFailedException.AccessDenied($"database {reference.Database}");
        }

        if (catalog.FindTable(reference.Database, reference.Table) is { } document)
        {
            return new CatalogTable(document);
        }

        throw catalog.FindDatabase(reference.Database) is null
            ? new QueryFailedException($"SCHEMA_NOT_FOUND: Schema '{reference.Database}' does not exist", AthenaErrorType.Schema)
            : QueryFailedException.TableNotFound("", reference.Database, reference.Table);
    }

    private static void Create(Script script, string schema, string name, string select)
    {
        var place = $"{TableRules.Catalog}.{SqlText.Identifier(schema)}";
        script.Text.Append($"CREATE SCHEMA IF NOT EXISTS {place}; CREATE VIEW {place}.{SqlText.Identifier(name)} AS {select};\n");
    }
}
