using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Which class runs which statement.</summary>
internal sealed class StatementExecutor(SelectExecution selects, UnloadExecution unloads)
{
    /// <exception cref="QueryFailure">It failed; the message is the query's reason.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Task<QueryOutcome> RunAsync(QueryRun run)
    {
        var sql = run.Request.Sql;
        if (run.Request.Parameters.Count > 0)
            sql = ParameterList.Bind(sql, [.. run.Request.Parameters.Select(ParameterList.FromExecutionParameter)]);
        return RunAsync(run, StatementParser.Parse(sql));
    }

    Task<QueryOutcome> RunAsync(QueryRun run, Statement statement) => statement switch
    {
        Statement.Select select => selects.RunAsync(run, select.Query),
        Statement.Unload unload => unloads.RunAsync(run, unload),
        _ => throw QueryFailure.NotSupported(statement.SubType),
    };
}
