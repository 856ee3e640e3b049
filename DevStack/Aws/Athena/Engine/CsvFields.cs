using System.Text;
using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Splits a line as OpenCSVSerde does. That SerDe reads line by line: a quoted field does not continue on the next line, and one
/// without a closing quote is NULL.
/// </summary>
internal static class CsvFields
{
    private const string Function = "clr_csv_fields";

    /// <summary>An expression for the fields, separated by line feeds, which no field has.</summary>
    public static string Sql(string line, IReadOnlyDictionary<string, string> parameters)
    {
        var escape = First("escapeChar", '"');
        // For OpenCSVSerde the quote, which is the default, stands for the backslash.
        var characters = $"{First("separatorChar", ',')}{First("quoteChar", '"')}{(escape == '"' ? '\\' : escape)}";
        return $"{Function}({line}, {SqlText.Literal(characters)})";

        char First(string name, char otherwise) => parameters.GetValueOrDefault(name) is { Length: > 0 } text ? text[0] : otherwise;
    }

    public static void Register(DuckDBConnection connection) =>
        connection.RegisterScalarFunction<string, string, string>(Function, (arguments, result, rows) =>
        {
            for (ulong row = 0; row < rows; row++)
            {
                var characters = arguments[1].GetValue<string>(row);
                if (Split(arguments[0].GetValue<string>(row), characters[0], characters[1], characters[2]) is { } fields)
                {
                    result.WriteValue(fields, row);
                }
                else
                {
                    result.WriteNull(row);
                }
            }
        });

    // Follows CSVParser of opencsv 2.3, including the quotes that it keeps inside of a field.
    private static string? Split(string line, char separator, char quote, char escape)
    {
        var (fields, field) = (new StringBuilder(), new StringBuilder());
        var (isQuoted, count) = (false, 0);
        for (var i = 0; i < line.Length; i++)
        {
            var next = i + 1 < line.Length ? line[i + 1] : '\n';
            if (line[i] == escape && escape != quote)
            {
                if (isQuoted && (next == quote || next == escape))
                {
                    field.Append(next);
                    i++;
                }
            }
            else if (line[i] == quote)
            {
                if (isQuoted && next == quote)
                {
                    field.Append(next);
                    i++;
                    continue;
                }

                isQuoted = !isQuoted;
                if (i > 2 && line[i - 1] != separator && i + 1 < line.Length && next != separator)
                {
                    _ = field.Length > 0 && string.IsNullOrWhiteSpace(field.ToString()) ? field.Clear() : field.Append(quote);
                }
            }
            else if (line[i] == separator && !isQuoted)
            {
                End();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        if (!isQuoted)
        {
            End();
        }

        return count == 0 ? null : fields.ToString();

        void End()
        {
            fields.Append(count++ > 0 ? "\n" : "").Append(field);
            field.Clear();
        }
    }
}
