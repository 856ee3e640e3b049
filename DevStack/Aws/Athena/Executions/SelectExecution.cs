using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Results;
using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Runs a query and writes its rows to a CSV file in S3, as Athena does.</summary>
internal sealed class SelectExecution(QueryPreparation preparation, DuckDbErrorTranslator errors, Lake lake)
{
    public async Task<QueryOutcome> RunAsync(QueryRun run, string query)
    {
        var prepared = await preparation.PrepareAsync(run, query);
        var columns = prepared.Columns.Select(c => ResultColumn.Of(c.Name, c.Type)).ToList();
        var file = Path.Combine(prepared.Sandbox.TempDirectory, "result.csv");
        try
        {
            Write(prepared, columns, file);
        }
        catch (DuckDBException e)
        {
            throw errors.Translate(e);
        }
        run.BeginCommit();
        var result = run.Request.ResultFile(".csv");
        lake.Import(result, file);
        return new QueryOutcome(columns, result, BytesScanned: prepared.BytesScanned);
    }

    private static void Write(PreparedQuery prepared, List<ResultColumn> columns, string file)
    {
        using var writer = new StreamWriter(file, append: false, new UTF8Encoding(false), 1 << 16);
        CsvFile.WriteRow(writer, columns.Select(c => c.Name));
        prepared.Sandbox.Read(NestedCells.Select(prepared, columns), reader =>
        {
            var values = new string?[columns.Count];
            while (reader.Read())
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = reader.IsDBNull(i) ? null : columns[i].IsNested ? NestedCells.Text(reader.GetString(i)) : CellText.Of(reader.GetValue(i), columns[i].Type);
                }

                CsvFile.WriteRow(writer, values);
            }
        });
    }
}

/// <summary>Fetches arrays, maps and rows as JSON and prints them as <c>[1, 2]</c>, <c>{k=v}</c> and <c>{id=1, name=x}</c>.</summary>
internal static class NestedCells
{
    public static string Select(PreparedQuery query, IReadOnlyList<ResultColumn> columns)
    {
        if (!columns.Any(c => c.IsNested))
        {
            return query.Sql;
        }

        var names = columns.Select((_, i) => $"c{i}").ToList();
        var cells = columns.Zip(names, (c, name) => c.IsNested ? $"CAST(to_json({name}) AS VARCHAR)" : name);
        return $"SELECT {string.Join(", ", cells)} FROM ({query.Sql}) AS nested({string.Join(", ", names.Select(SqlText.Identifier))})";
    }

    public static string Text(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Text(document.RootElement);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Text))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name}={Text(p.Value)}"))}}}",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
