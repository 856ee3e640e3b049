using Stedi.DevStack.Aws.Athena.Errors;
using static Stedi.DevStack.Aws.Athena.Statements.Statement;

namespace Stedi.DevStack.Aws.Athena.Statements;

/// <summary>Parses statements, and refuses those that are unknown or not supported.</summary>
internal static class StatementParser
{
    /// <exception cref="QueryFailedException">The statement is invalid or not supported by this engine.</exception>
    public static Statement Parse(string sql)
    {
        var reader = new TokenReader(sql, SqlLexer.Tokens(sql));
        var statement = Parse(reader);
        reader.End();
        return statement;
    }

    public static TableName Table(TokenReader reader)
    {
        var first = reader.Identifier();
        if (!reader.Skip("."))
        {
            return new TableName(null, first);
        }

        var second = reader.Identifier();
        return reader.Skip(".") ? new TableName(second, reader.Identifier()) : new TableName(first, second);
    }

    private static Statement Parse(TokenReader reader) => reader.Current switch
    {
        { Kind: SqlTokenKind.Symbol, Value: "(" } => new Select(reader.Rest()),
        { Kind: SqlTokenKind.Word } word => word.Value.ToUpperInvariant() switch
        {
            "SELECT" or "WITH" or "VALUES" or "TABLE" => new Select(reader.Rest()),
            "UNLOAD" => Unload(reader),
            "INSERT" => Insert(reader),
            "CREATE" => DdlParser.Create(reader),
            "DROP" => DdlParser.Drop(reader),
            "ALTER" => DdlParser.Alter(reader),
            "MSCK" => DdlParser.Repair(reader),
            "SHOW" => ShowParser.Show(reader),
            "DESCRIBE" or "DESC" => ShowParser.Describe(reader),
            "EXPLAIN" => Explain(reader),
            "PREPARE" => Prepare(reader),
            "EXECUTE" => Execute(reader),
            "DEALLOCATE" => Deallocate(reader),
            "MERGE" or "UPDATE" or "DELETE" or "OPTIMIZE" or "VACUUM" => throw QueryFailedException.NotSupported($"{word.Value.ToUpperInvariant()} needs an Iceberg table, which the local engine does not have"),
            _ => throw Unknown(reader),
        },
        _ => throw Unknown(reader),
    };

    private static Unload Unload(TokenReader reader)
    {
        reader.Expect("UNLOAD");
        var query = reader.Parenthesized();
        reader.Expect("TO");
        var target = reader.Text();
        reader.Expect("WITH");
        var (properties, partitionedBy) = PropertyList.Read(reader);
        return new Unload(query, target, properties, partitionedBy);
    }

    private static Insert Insert(TokenReader reader)
    {
        reader.Expect("INSERT");
        reader.Expect("INTO");
        var table = Table(reader);
        var columns = new List<string>();
        if (reader.Current.IsSymbol("(") && !reader.Peek().IsWord("SELECT") && !reader.Peek().IsWord("WITH") && !reader.Peek().IsWord("VALUES"))
        {
            reader.Expect("(");
            do
            {
                columns.Add(reader.Identifier());
            }
            while (reader.Skip(","));
            reader.Expect(")");
        }
        return new Insert(table, columns, reader.Rest());
    }

    private static Explain Explain(TokenReader reader)
    {
        reader.Expect("EXPLAIN");
        if (reader.Skip("ANALYZE"))
        {
            throw QueryFailedException.NotSupported("EXPLAIN ANALYZE");
        }

        if (reader.Current.IsSymbol("("))
        {
            reader.Parenthesized();
        }

        return new Explain(reader.Rest());
    }

    private static Prepare Prepare(TokenReader reader)
    {
        reader.Expect("PREPARE");
        var name = reader.Identifier();
        reader.Expect("FROM");
        return new Prepare(name, reader.Rest());
    }

    private static Execute Execute(TokenReader reader)
    {
        reader.Expect("EXECUTE");
        var name = reader.Identifier();
        var arguments = new List<string>();
        if (reader.Skip("USING"))
        {
            arguments.AddRange(ParameterList.Read(reader));
        }

        return new Execute(name, arguments);
    }

    private static Deallocate Deallocate(TokenReader reader)
    {
        reader.Expect("DEALLOCATE");
        reader.Expect("PREPARE");
        return new Deallocate(reader.Identifier());
    }

    private static QueryFailedException Unknown(TokenReader reader) =>
        reader.Mismatch("'ALTER', 'CREATE', 'DEALLOCATE', 'DESCRIBE', 'DROP', 'EXECUTE', 'EXPLAIN', 'INSERT', 'MSCK', 'PREPARE', 'SHOW', 'UNLOAD', <query>");
}
