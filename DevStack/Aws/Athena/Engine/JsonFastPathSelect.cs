using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>The SELECT for a table's <see cref="JsonFastPath"/> files: it uses DuckDB's own reader, typed by the query's casts.</summary>
internal sealed class JsonFastPathSelect
{
    private readonly List<string> _expressions = [];
    private readonly Dictionary<string, string> _types = [];
    private readonly Dictionary<string, JsonFastPathValue> _values;
    private readonly bool _withFileName;

    private JsonFastPathSelect(IReadOnlyDictionary<string, IReadOnlyList<string>> keys, bool withFileName)
    {
        _values = keys.Values.SelectMany(spellings => spellings).ToDictionary(key => key, _ => JsonFastPathValue.Any);
        _withFileName = withFileName;
    }

    /// <summary>Returns null if a column has two possible keys, a key is for two columns, or a type is not a simple one.</summary>
    /// <param name="columns">The table's columns.</param>
    /// <param name="spellings">The spellings of a column's key in the files.</param>
    /// <param name="keys">Spellings of all keys, by the key in lower case.</param>
    /// <param name="read">What the query reads of the table.</param>
    public static JsonFastPathSelect? Of(IReadOnlyList<TableColumn> columns, Func<TableColumn, IReadOnlyList<string>> spellings, IReadOnlyDictionary<string, IReadOnlyList<string>> keys, TableRead read)
    {
        if (keys.Values.Any(found => found.Count > 1))
        {
            return null;
        }

        var select = new JsonFastPathSelect(keys, read.WithFileName);
        return columns.All(column => select.TryAdd(column, spellings(column), read)) ? select : null;
    }

    /// <summary>Splits files by whether they are eligible. Reads all of them, in parallel.</summary>
    public (IReadOnlyList<LakeFile> Eligible, IReadOnlyList<LakeFile> Others) Split(IReadOnlyList<LakeFile> files)
    {
        var json = new JsonFastPath(_values);
        var isEligible = new bool[files.Count];
        Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => isEligible[i] = json.IsEligible(files[i].Path));
        return ([.. files.Where((_, i) => isEligible[i])], [.. files.Where((_, i) => !isEligible[i])]);
    }

    public string Sql(IReadOnlyList<LakeFile> files)
    {
        var columns = string.Join(", ", _types.Select(t => $"{SqlText.Literal(t.Key)}: '{t.Value}'"));
        return $"SELECT {string.Join(", ", _expressions)}{(_withFileName ? ", filename" : "")} FROM read_json({SqlText.List(files.Select(f => f.Path))}, format = 'newline_delimited', compression = 'uncompressed', columns = {{{columns}}}, hive_partitioning = false{(_withFileName ? ", filename = true" : "")})";
    }

    private bool TryAdd(TableColumn column, IReadOnlyList<string> spellings, TableRead read)
    {
        var cast = ((string[])["bigint", "integer", "double"]).FirstOrDefault(type => read.Hidden.Contains($"{column.Name}${type}"));
        var isText = read.Mentions(column.Name);
        var isRead = isText || cast is not null;
        if (spellings.Count > 1 || (isText && cast is not null) || (isRead && column.DuckDbType != "VARCHAR"))
        {
            return false;
        }

        var key = spellings.Count == 1 ? spellings[0] : null;
        if (isRead && key is not null && !_types.TryAdd(key, cast?.ToUpperInvariant() ?? "VARCHAR"))
        {
            return false;
        }

        if (isRead && key is not null)
        {
            _values[key] = ExpectedValue(cast);
        }

        var value = isRead && key is not null ? SqlText.Identifier(key) : null;
        Add(isText ? value : null, column.DuckDbType, column.Name);
        if (cast is not null)
        {
            Add(value, cast.ToUpperInvariant(), $"{column.Name}${cast}");
        }

        if (read.Hidden.Contains($"{column.Name}$null"))
        {
            _expressions.Add($"{(value is null ? "true" : $"{value} IS NULL")} AS {SqlText.Identifier(column.Name + "$null")}");
        }

        return true;
    }

    private void Add(string? value, string type, string name) => _expressions.Add($"{value ?? $"CAST(NULL AS {type})"} AS {SqlText.Identifier(name)}");

    private static JsonFastPathValue ExpectedValue(string? cast) => cast switch
    {
        "bigint" => JsonFastPathValue.BigInt,
        "integer" => JsonFastPathValue.Integer,
        "double" => JsonFastPathValue.Double,
        _ => JsonFastPathValue.Text,
    };
}
