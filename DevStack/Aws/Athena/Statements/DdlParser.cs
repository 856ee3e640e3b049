using Stedi.DevStack.Aws.Athena.Errors;
using static Stedi.DevStack.Aws.Athena.Statements.Statement;

namespace Stedi.DevStack.Aws.Athena.Statements;

/// <summary>Parses CREATE, DROP, ALTER and MSCK by Hive's grammar, and views and CREATE TABLE AS by Trino's.</summary>
internal static class DdlParser
{
    public static Statement Create(TokenReader reader)
    {
        reader.Expect("CREATE");
        if (reader.Skip("DATABASE") || reader.Skip("SCHEMA"))
        {
            return CreateDatabase(reader);
        }

        if (reader.SkipAll("OR", "REPLACE", "VIEW"))
        {
            return CreateView(reader, replaces: true);
        }

        if (reader.Skip("VIEW"))
        {
            return CreateView(reader, replaces: false);
        }

        if (reader.SkipAll("EXTERNAL", "TABLE"))
        {
            return TableParser.External(reader);
        }

        reader.Expect("TABLE");
        return TableParser.AsQuery(reader);
    }

    public static Statement Drop(TokenReader reader)
    {
        reader.Expect("DROP");
        if (reader.Skip("DATABASE") || reader.Skip("SCHEMA"))
        {
            var exists = reader.SkipAll("IF", "EXISTS");
            var name = reader.Identifier();
            var cascades = reader.Skip("CASCADE");
            reader.Skip("RESTRICT");
            return new DropDatabase(name, exists, cascades);
        }
        var isView = reader.Skip("VIEW");
        if (!isView)
        {
            reader.Expect("TABLE");
        }

        var ifExists = reader.SkipAll("IF", "EXISTS");
        return new DropTable(StatementParser.Table(reader), ifExists, isView);
    }

    public static Statement Alter(TokenReader reader)
    {
        reader.Expect("ALTER");
        reader.Expect("TABLE");
        var table = StatementParser.Table(reader);
        if (reader.SkipAll("SET", "LOCATION"))
        {
            return new SetLocation(table, reader.Text());
        }

        if (reader.SkipAll("SET", "TBLPROPERTIES"))
        {
            return new SetProperties(table, TableParser.TextPairs(reader));
        }

        if (reader.SkipAll("ADD", "COLUMNS"))
        {
            return new AddColumns(table, TableParser.Columns(reader));
        }

        if (reader.Skip("ADD"))
        {
            var ifNotExists = reader.SkipAll("IF", "NOT", "EXISTS");
            return new AddPartitions(table, ifNotExists, Partitions(reader));
        }
        if (reader.Skip("DROP"))
        {
            var ifExists = reader.SkipAll("IF", "EXISTS");
            return new DropPartitions(table, ifExists, Partitions(reader));
        }
        throw QueryFailedException.NotSupported($"ALTER TABLE ... {reader.Current.Value}");
    }

    public static Statement Repair(TokenReader reader)
    {
        reader.Expect("MSCK");
        reader.Expect("REPAIR");
        reader.Expect("TABLE");
        return new RepairTable(StatementParser.Table(reader));
    }

    private static CreateDatabase CreateDatabase(TokenReader reader)
    {
        var ifNotExists = reader.SkipAll("IF", "NOT", "EXISTS");
        var name = reader.Identifier();
        var comment = reader.Skip("COMMENT") ? reader.Text() : null;
        var location = reader.Skip("LOCATION") ? reader.Text() : null;
        if (reader.SkipAll("WITH", "DBPROPERTIES"))
        {
            TableParser.TextPairs(reader);
        }

        return new CreateDatabase(name, ifNotExists, comment, location);
    }

    private static CreateView CreateView(TokenReader reader, bool replaces)
    {
        var table = StatementParser.Table(reader);
        reader.Expect("AS");
        return new CreateView(table, reader.Rest(), replaces);
    }

    private static List<PartitionSpec> Partitions(TokenReader reader)
    {
        var partitions = new List<PartitionSpec>();
        while (reader.Skip("PARTITION"))
        {
            var values = new Dictionary<string, string>();
            reader.Expect("(");
            do
            {
                var key = reader.Identifier();
                reader.Expect("=");
                values[key] = reader.Read().Value;
            }
            while (reader.Skip(","));
            reader.Expect(")");
            partitions.Add(new PartitionSpec(values, reader.Skip("LOCATION") ? reader.Text() : null));
            reader.Skip(",");
        }
        return partitions.Count > 0 ? partitions : throw reader.Mismatch("'PARTITION'");
    }
}
