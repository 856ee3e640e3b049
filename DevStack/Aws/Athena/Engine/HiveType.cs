using System.Text.RegularExpressions;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Converts types between the Glue catalogue and DuckDB.</summary>
internal static partial class HiveType
{
    private const int MaxQuotedLength = 200;

    /// <exception cref="QueryFailedException">The type is not one that Athena knows.</exception>
    public static string ToDuckDb(string type)
    {
        RequireAllowedDepth(type);
        var at = 0;
        var result = Read(type.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal), ref at);
        return at == type.Replace(" ", "", StringComparison.Ordinal).Length ? result : throw Unknown(type);
    }

    /// <summary>The catalogue's type for a query's column, for CREATE TABLE AS and views.</summary>
    /// <exception cref="QueryFailedException">The type is nested too deeply.</exception>
    public static string FromDuckDb(string type)
    {
        RequireAllowedDepth(type);
        return ToHive(type);
    }

    private static string ToHive(string type) => type switch
    {
        "HUGEINT" or "BIGINT" => "bigint",
        "INTEGER" => "int",
        "SMALLINT" => "smallint",
        "TINYINT" => "tinyint",
        "FLOAT" => "float",
        "BLOB" => "binary",
        "VARCHAR" or "JSON" or "UUID" => "string",
        "TIMESTAMP WITH TIME ZONE" or "TIMESTAMP_MS" => "timestamp",
        _ when type.EndsWith("[]", StringComparison.Ordinal) => $"array<{ToHive(type[..^2])}>",
        _ => type.ToLowerInvariant(),
    };

    private static string Read(string type, ref int at)
    {
        var name = Word().Match(type, at).Value;
        at += name.Length;
        switch (name)
        {
            case "array":
                Expect(type, '<', ref at);
                var element = Read(type, ref at);
                Expect(type, '>', ref at);
                return element + "[]";
            case "map":
                Expect(type, '<', ref at);
                var key = Read(type, ref at);
                Expect(type, ',', ref at);
                var value = Read(type, ref at);
                Expect(type, '>', ref at);
                return $"MAP({key}, {value})";
            case "struct":
                return Struct(type, ref at);
            default:
                var arguments = Arguments().Match(type, at) is { Success: true } match && match.Index == at ? match.Value : "";
                at += arguments.Length;
                return Scalar(name, arguments) ?? throw Unknown(type);
        }
    }

    private static string Struct(string type, ref int at)
    {
        var fields = new List<string>();
        Expect(type, '<', ref at);
        do
        {
            var end = type.IndexOf(':', at);
            if (end < 0)
            {
                throw Unknown(type);
            }

            var name = type[at..end];
            at = end + 1;
            fields.Add($"{SqlText.Identifier(name)} {Read(type, ref at)}");
        }
        while (at < type.Length && type[at] == ',' && ++at > 0);
        Expect(type, '>', ref at);
        return $"STRUCT({string.Join(", ", fields)})";
    }

    private static string? Scalar(string name, string arguments) => name switch
    {
        "string" or "varchar" or "char" => "VARCHAR",
        "int" or "integer" => "INTEGER",
        "bigint" or "smallint" or "tinyint" or "double" or "boolean" or "date" => name.ToUpperInvariant(),
        "float" or "real" => "FLOAT",
        "timestamp" => "TIMESTAMP",
        "binary" => "BLOB",
        "decimal" => "DECIMAL" + (arguments == "" ? "(10,0)" : arguments),
        _ => null,
    };

    private static void Expect(string type, char c, ref int at)
    {
        if (at >= type.Length || type[at] != c)
        {
            throw Unknown(type);
        }

        at++;
    }

    private static void RequireAllowedDepth(string type)
    {
        if (Nesting.IsTooDeep(type))
        {
            throw new QueryFailedException($"HIVE_INVALID_METADATA: a column type is nested deeper than {Nesting.MaxDepth} levels", AthenaErrorType.Schema);
        }
    }

    private static QueryFailedException Unknown(string type) =>
        new($"HIVE_INVALID_METADATA: Glue table has an unknown column type: {(type.Length > MaxQuotedLength ? type[..MaxQuotedLength] + "..." : type)}", AthenaErrorType.Schema);

    [GeneratedRegex(@"\G[a-z_]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\G\(\d+(,\d+)?\)")]
    private static partial Regex Arguments();
}
