using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>A query that was translated and bound in its sandbox, with the names and types of its columns.</summary>
internal sealed record PreparedQuery(Sandbox Sandbox, string Sql, IReadOnlyList<(string Name, string Type)> Columns, long BytesScanned, bool IsOrdered);

/// <summary>Translates a query and prepares a sandbox that can run it.</summary>
internal sealed class QueryPreparation(TrinoTranslator translator, QuerySources sources, SandboxPool pool, DuckDbErrorTranslator errors)
{
    public async Task<PreparedQuery> PrepareAsync(QueryRun run, string query)
    {
        var translated = translator.Translate(query, run.Request.Database);
        var sandbox = await (run.IsExclusive ? pool.CreateExclusiveAsync() : pool.TakeAsync());
        run.Use(sandbox);
        try
        {
            var bytes = sources.Attach(sandbox, translated, run.Request.Principal);
            var columns = sandbox.Query("DESCRIBE " + translated.Sql, r => (r.GetString(0), r.GetString(1)));
            return new PreparedQuery(sandbox, translated.Sql, columns, bytes, translated.IsOrdered);
        }
        catch (DuckDBException e)
        {
            throw errors.Translate(e, query);
        }
    }
}
