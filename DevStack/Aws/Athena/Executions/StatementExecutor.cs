using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Results;
using Stedi.DevStack.Aws.Athena.Statements;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Dispatches a statement to the class that runs it.</summary>
internal sealed class StatementExecutor(
    SelectExecution selects, UnloadExecution unloads, CreateTableAsExecution tables, InsertExecution inserts, DdlExecution ddl, ShowExecution shows, PreparedStatements prepared, TextResult results, AccessPolicy policy)
{
    /// <exception cref="QueryFailedException">The query failed; the message is its StateChangeReason.</exception>
    /// <exception cref="OperationCanceledException">The query was stopped.</exception>
    public Task<QueryOutcome> RunAsync(QueryRun run)
    {
        // The names of all files that a query writes at its output location begin with its id.
        var output = run.Request.ResultFile("");
        if (!policy.MayWritePrefix(run.Request.Principal, output.Bucket, output.Key))
        {
            throw QueryFailedException.AccessDenied($"the output location {run.Request.Output}");
        }

        var statement = StatementParser.Parse(run.Request.Sql);
        var parameters = run.Request.Parameters.Select(ParameterList.FromExecutionParameter).ToList();
        return statement switch
        {
            Statement.Execute execute => RunAsync(run, StatementParser.Parse(Bound(run, execute, parameters))),
            _ when parameters.Count > 0 => RunAsync(run, StatementParser.Parse(ParameterList.Bind(run.Request.Sql, parameters))),
            _ => RunAsync(run, statement),
        };
    }

    private Task<QueryOutcome> RunAsync(QueryRun run, Statement statement) => statement switch
    {
        Statement.Select select => selects.RunAsync(run, select.Query),
        Statement.Unload unload => unloads.RunAsync(run, unload),
        Statement.CreateTableAs table => tables.RunAsync(run, table),
        Statement.Insert insert => inserts.RunAsync(run, insert),
        Statement.Prepare prepare => Task.FromResult(Prepare(run, prepare)),
        Statement.Deallocate deallocate => Task.FromResult(Deallocate(run, deallocate)),
        { Type: "UTILITY" } => shows.RunAsync(run, statement),
        _ => ddl.RunAsync(run, statement),
    };

    private string Bound(QueryRun run, Statement.Execute execute, List<string> parameters)
    {
        var statement = prepared.Find(run.Request.WorkGroup, execute.Name)
            ?? throw new QueryFailedException($"NOT_FOUND: PreparedStatement {execute.Name} was not found in workGroup {run.Request.WorkGroup}", AthenaErrorType.InvalidArgument);
        return ParameterList.Bind((string)statement["QueryStatement"]!, execute.Arguments.Count > 0 ? execute.Arguments : parameters);
    }

    private QueryOutcome Prepare(QueryRun run, Statement.Prepare prepare)
    {
        run.BeginCommit();
        prepared.Save(run.Request.WorkGroup, prepare.Name, prepare.Query);
        return results.Write(run, [], []);
    }

    private QueryOutcome Deallocate(QueryRun run, Statement.Deallocate deallocate)
    {
        run.BeginCommit();
        if (!prepared.Delete(run.Request.WorkGroup, deallocate.Name))
        {
            throw new QueryFailedException($"NOT_FOUND: PreparedStatement {deallocate.Name} was not found in workGroup {run.Request.WorkGroup}", AthenaErrorType.InvalidArgument);
        }

        return results.Write(run, [], []);
    }
}

/// <summary>Writes the result of DDL and SHOW statements: a text file with one line per row and no header.</summary>
internal sealed class TextResult(Lake lake)
{
    public QueryOutcome Write(QueryRun run, IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        var file = lake.TempFiles.NewFile();
        File.WriteAllText(file, string.Concat(rows.Select(r => string.Join('\t', r) + "\n")));
        var uri = run.Request.ResultFile(".txt");
        lake.Import(uri, file);
        return new QueryOutcome([.. columns.Select(ResultColumn.Text)], uri);
    }
}
