using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Collects the values to extract from a line, so that DuckDB parses it once and not for each <c>-&gt;&gt;</c>. The values come as
/// a list if all are text, and as a struct otherwise.
/// </summary>
internal sealed class JsonExtraction(bool withNumbers)
{
    private readonly List<string> _pointers = [];
    private readonly JsonObject _structure = [];
    private readonly HashSet<string> _fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The expressions to select in addition to <c>json</c>.</summary>
    public string Sql
    {
        get
        {
            var list = _pointers.Count == 0 ? "" : $", json_extract_string(json, [{string.Join(", ", _pointers)}]) AS texts";
            return _structure.Count == 0 ? list
                : $"{list}, json_transform(json, {SqlText.Literal(_structure.ToJsonString())}) AS fields, NOT contains(CAST(json AS VARCHAR), '_') AND NOT contains(CAST(json AS VARCHAR), 'true') AND NOT contains(CAST(json AS VARCHAR), 'false') AS plain";
        }
    }

    public string Text(string key)
    {
        if (withNumbers && _fields.Add(key))
        {
            _structure[key] = "VARCHAR";
            return $"fields.{SqlText.Identifier(key)}";
        }
        _pointers.Add(Pointer(key));
        return $"texts[{_pointers.Count}]";
    }

    /// <summary>An expression for the value as a double by DuckDB's rules, or null if the key is extracted already.</summary>
    public string? Number(string key)
    {
        if (!_fields.Add(key))
        {
            return null;
        }

        _structure[key] = "DOUBLE";
        return $"fields.{SqlText.Identifier(key)}";
    }

    public static string Pointer(string key) =>
        SqlText.Literal("/" + key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
}
