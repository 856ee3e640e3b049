using System.Text;
using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Results;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>A query whose rows go into a CSV file in S3, as Athena leaves them.</summary>
internal sealed class SelectExecution(QueryPreparation preparation, EngineFaults faults, Lake lake)
{
    public async Task<QueryOutcome> RunAsync(QueryRun run, string query)
    {
        var prepared = await preparation.PrepareAsync(run, query);
        var columns = prepared.Columns.Select(c => ResultColumn.Of(c.Name, c.Type)).ToList();
        var file = Path.Combine(prepared.Sandbox.Scratch, "result.csv");
        try
        {
            Write(prepared, columns, file);
        }
        catch (DuckDBException e)
        {
            throw faults.Translate(e);
        }
        run.BeginCommit();
        var result = run.Request.ResultFile(".csv");
        lake.Adopt(result, file);
        return new QueryOutcome(columns, result, BytesScanned: prepared.BytesScanned);
    }

    static void Write(PreparedQuery prepared, List<ResultColumn> columns, string file)
    {
        using var writer = new StreamWriter(file, append: false, new UTF8Encoding(false), 1 << 16);
        CsvFile.WriteRow(writer, columns.Select(c => c.Name));
        prepared.Sandbox.Read(NestedCells.Select(prepared, columns), reader =>
        {
            var values = new string?[columns.Count];
            while (reader.Read())
            {
                for (var i = 0; i < values.Length; i++)
                    values[i] = reader.IsDBNull(i) ? null : columns[i].IsNested ? NestedCells.Text(reader.GetString(i)) : CellText.Of(reader.GetValue(i), columns[i].Type);
                CsvFile.WriteRow(writer, values);
            }
        });
    }
}
