using Stedi.DevStack.Aws.Athena.Results;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>The result of DDL and SHOW statements: a text file, a row a line, without a header.</summary>
internal sealed class TextResult(Lake lake)
{
    public QueryOutcome Write(QueryRun run, IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        var file = lake.Scratch.NewFile();
        File.WriteAllText(file, string.Concat(rows.Select(r => string.Join('\t', r) + "\n")));
        var uri = run.Request.ResultFile(".txt");
        lake.Adopt(uri, file);
        return new QueryOutcome([.. columns.Select(ResultColumn.Text)], uri);
    }
}
