using Stedi.DevStack.Aws.Athena.Errors;
using static Stedi.DevStack.Aws.Athena.Statements.Statement;

namespace Stedi.DevStack.Aws.Athena.Statements;

internal static class TableParser
{
    public static CreateTableAs AsQuery(TokenReader reader)
    {
        var ifNotExists = reader.SkipAll("IF", "NOT", "EXISTS");
        var table = StatementParser.Table(reader);
        IReadOnlyDictionary<string, string> properties = new Dictionary<string, string>();
        IReadOnlyList<string> partitionedBy = [];
        if (reader.Skip("WITH"))
        {
            (properties, partitionedBy) = PropertyList.Read(reader);
        }

        reader.Expect("AS");
        var query = reader.Rest();
        var withData = true;
        foreach (var (suffix, hasData) in new[] { ("WITH NO DATA", false), ("WITH DATA", true) })
        {
            if (query.TrimEnd().EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                query = query.TrimEnd()[..^suffix.Length];
                withData = hasData;
                break;
            }
        }
        return new CreateTableAs(table, query, ifNotExists, withData, properties, partitionedBy);
    }

    public static CreateTable External(TokenReader reader)
    {
        var ifNotExists = reader.SkipAll("IF", "NOT", "EXISTS");
        var table = StatementParser.Table(reader);
        var columns = Columns(reader);
        List<ColumnDefinition> partitionKeys = [];
        string? serde = null, storedAs = null, inputFormat = null, outputFormat = null, location = null, comment = null;
        Dictionary<string, string> serdeProperties = [], properties = [];
        while (reader.Current.Kind == SqlTokenKind.Word)
        {
            if (reader.Skip("COMMENT"))
            {
                comment = reader.Text();
            }
            else if (reader.SkipAll("PARTITIONED", "BY"))
            {
                partitionKeys = Columns(reader);
            }
            else if (reader.SkipAll("ROW", "FORMAT", "SERDE"))
            {
                serde = reader.Text();
            }
            else if (reader.SkipAll("ROW", "FORMAT", "DELIMITED"))
            {
                Delimited(reader, serdeProperties);
            }
            else if (reader.SkipAll("WITH", "SERDEPROPERTIES"))
            {
                serdeProperties = TextPairs(reader);
            }
            else if (reader.SkipAll("STORED", "AS", "INPUTFORMAT"))
            {
                (inputFormat, _, outputFormat) = (reader.Text(), Expect(reader, "OUTPUTFORMAT"), reader.Text());
            }
            else if (reader.SkipAll("STORED", "AS"))
            {
                storedAs = reader.Identifier().ToUpperInvariant();
            }
            else if (reader.Skip("LOCATION"))
            {
                location = reader.Text();
            }
            else if (reader.Skip("TBLPROPERTIES"))
            {
                properties = TextPairs(reader);
            }
            else
            {
                throw QueryFailedException.NotSupported($"CREATE EXTERNAL TABLE ... {reader.Current.Value}");
            }
        }
        return new CreateTable(table, ifNotExists, columns, partitionKeys, new TableStorage(serde, serdeProperties, storedAs, inputFormat, outputFormat, location, comment, properties));
    }

    public static List<ColumnDefinition> Columns(TokenReader reader)
    {
        var columns = new List<ColumnDefinition>();
        reader.Expect("(");
        do
        {
            columns.Add(new ColumnDefinition(reader.Identifier(), Type(reader), reader.Skip("COMMENT") ? reader.Text() : null));
        }
        while (reader.Skip(","));
        reader.Expect(")");
        return columns;
    }

    /// <summary><c>('a' = 'b', ...)</c></summary>
    public static Dictionary<string, string> TextPairs(TokenReader reader)
    {
        var pairs = new Dictionary<string, string>();
        reader.Expect("(");
        do
        {
            var name = reader.Text();
            reader.Expect("=");
            pairs[name] = reader.Text();
        }
        while (reader.Skip(","));
        reader.Expect(")");
        return pairs;
    }

    // Everything up to the comma, parenthesis or COMMENT that ends a type: struct<a:int,b:array<string>>, decimal(10,2).
    private static string Type(TokenReader reader)
    {
        var type = new System.Text.StringBuilder();
        for (var depth = 0; ;)
        {
            var token = reader.Current;
            if (depth == 0 && (token.IsSymbol(",") || token.IsSymbol(")") || token.IsWord("COMMENT")) || token.Kind == SqlTokenKind.End)
            {
                return type.Length > 0 ? type.ToString() : throw reader.Mismatch("<type>");
            }

            if (depth > Nesting.MaxDepth)
            {
                throw QueryFailedException.Syntax($"a column type is nested deeper than {Nesting.MaxDepth} levels");
            }

            depth += token.Value switch { "<" or "(" => 1, ">" or ")" => -1, _ => 0 };
            type.Append(reader.Read().Value.ToLowerInvariant());
        }
    }

    private static void Delimited(TokenReader reader, Dictionary<string, string> properties)
    {
        while (true)
        {
            if (reader.SkipAll("FIELDS", "TERMINATED", "BY"))
            {
                properties["field.delim"] = Unescape(reader.Text());
            }
            else if (reader.SkipAll("ESCAPED", "BY"))
            {
                properties["escape.delim"] = Unescape(reader.Text());
            }
            else if (reader.SkipAll("LINES", "TERMINATED", "BY"))
            {
                properties["line.delim"] = Unescape(reader.Text());
            }
            else if (reader.SkipAll("NULL", "DEFINED", "AS"))
            {
                properties["serialization.null.format"] = reader.Text();
            }
            else
            {
                return;
            }
        }
    }

    private static string Unescape(string text) => text switch
    {
        "\\t" => "\t",
        "\\n" => "\n",
        "\\001" or "\\u0001" => "\u0001",
        "\\\\" => "\\",
        _ => text,
    };

    private static bool Expect(TokenReader reader, string word)
    {
        reader.Expect(word);
        return true;
    }
}
