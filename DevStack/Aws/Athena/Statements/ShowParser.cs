using static Stedi.DevStack.Aws.Athena.Statements.Statement;

namespace Stedi.DevStack.Aws.Athena.Statements;

internal static class ShowParser
{
    public static Statement Show(TokenReader reader)
    {
        reader.Expect("SHOW");
        if (reader.Skip("DATABASES") || reader.Skip("SCHEMAS"))
        {
            return new ShowDatabases(Pattern(reader));
        }

        if (reader.Current.IsWord("TABLES") || reader.Current.IsWord("VIEWS"))
        {
            return Tables(reader, reader.Read().IsWord("VIEWS"));
        }

        if (reader.SkipAll("CREATE", "TABLE") || reader.SkipAll("CREATE", "VIEW"))
        {
            return new ShowCreateTable(StatementParser.Table(reader));
        }

        if (reader.Skip("TBLPROPERTIES"))
        {
            return new ShowProperties(StatementParser.Table(reader));
        }

        if (reader.Skip("PARTITIONS"))
        {
            return new ShowPartitions(StatementParser.Table(reader));
        }

        if (reader.Skip("COLUMNS"))
        {
            return Columns(reader);
        }

        throw reader.Mismatch("'COLUMNS', 'CREATE', 'DATABASES', 'PARTITIONS', 'SCHEMAS', 'TABLES', 'TBLPROPERTIES', 'VIEWS'");
    }

    public static Statement Describe(TokenReader reader)
    {
        reader.Read();
        reader.Skip("EXTENDED");
        reader.Skip("FORMATTED");
        return new Describe(StatementParser.Table(reader));
    }

    private static ShowTables Tables(TokenReader reader, bool viewsOnly)
    {
        var database = reader.Skip("IN") || reader.Skip("FROM") ? reader.Identifier() : null;
        return new ShowTables(database, Pattern(reader), viewsOnly);
    }

    private static ShowColumns Columns(TokenReader reader)
    {
        if (!reader.Skip("IN"))
        {
            reader.Expect("FROM");
        }

        var table = StatementParser.Table(reader);
        return reader.Skip("IN") || reader.Skip("FROM") ? new ShowColumns(table with { Database = reader.Identifier() }) : new ShowColumns(table);
    }

    private static string? Pattern(TokenReader reader)
    {
        reader.Skip("LIKE");
        return reader.Current.Kind == SqlTokenKind.Text ? reader.Text() : null;
    }
}
