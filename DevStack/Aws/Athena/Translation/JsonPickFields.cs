using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>
/// Replaces a column of picked JSON members (<see cref="JsonPickRule"/>), which is a map, by a row with a field for each key. Reading a
/// field costs nothing, and looking up a key of a map costs as much as parsing a short line. The column is only replaced if all
/// uses of it in the queries around it are <c>element_at</c> with a key, <c>json_extract_scalar</c> of that, <c>cardinality</c>, and tests
/// for NULL.
/// </summary>
internal static class JsonPickFields
{
    /// <summary>Makes the JSON value from the three fields of a key.</summary>
    public const string ValueFunction = "clr_json_picked";

    /// <summary>The field with the number of members.</summary>
    public const string Count = "members";

    /// <summary>For how many keys there is a function each.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [3, 5, 10, 18];

    public static string Function(int slots) => $"clr_json_pick_{slots}";

    /// <summary>The field with a scalar's text, as <c>json_extract_scalar</c> returns it.</summary>
    public static string Scalar(int slot) => $"scalar{slot}";

    /// <summary>The field that tells whether the scalar is text.</summary>
    public static string IsText(int slot) => $"is_text{slot}";

    /// <summary>The field with the JSON of an array, an object or null.</summary>
    public static string Other(int slot) => $"other{slot}";

    /// <summary>Changes a translated statement.</summary>
    public static void Apply(JsonObject tree)
    {
        var picks = new List<Pick>();
        Find(tree["statements"]![0]!["node"], [], picks);
        if (picks.Count == 0)
        {
            return;
        }

        var mentions = picks.Select(pick => pick.Name).Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(name => name, _ => 0, StringComparer.OrdinalIgnoreCase);
        CountMentions(tree, mentions);
        foreach (var pick in picks)
        {
            TryReplace(pick, mentions[pick.Name]);
        }
    }

    // Finds columns that are picks, with the queries around theirs from the inside out.
    private static void Find(JsonNode? node, IReadOnlyList<JsonObject> around, List<Pick> picks)
    {
        switch (node)
        {
            case JsonObject select when select.Text("type") == "SELECT_NODE":
                foreach (var item in select["select_list"]!.AsArray().OfType<JsonObject>().Where(i => i.Text("function_name") == JsonPickRule.Function && i.Text("alias") != ""))
                {
                    picks.Add(new Pick(item, item.Text("alias"), select, around));
                }

                foreach (var (member, child) in select)
                {
                    Find(child, member == "from_table" ? [select, .. around] : [], picks);
                }

                break;
            case JsonObject other:
                // A list of aliases gives the columns other names.
                var isTable = other.Text("class") == "" && other.Text("type") is "SUBQUERY" or "JOIN" && other["column_name_alias"] is not JsonArray { Count: > 0 };
                foreach (var (member, child) in other)
                {
                    Find(child, isTable || member == "node" ? around : [], picks);
                }

                break;
            case JsonArray array:
                foreach (var child in array)
                {
                    Find(child, [], picks);
                }

                break;
        }
    }

    private static void TryReplace(Pick pick, int mentions)
    {
        var keys = Ast.Literal(pick.Call["children"]![1])!.Split('\n');
        var size = Sizes.FirstOrDefault(s => s >= keys.Length);
        // Queries that select * hand the column on to the query around them.
        var users = pick.Around.TakeWhile((select, i) => i == 0 || HasStar(pick.Around[i - 1])).ToList();
        if (size == 0 || users.Count == 0 || HasStar(users[^1]) || users.SkipLast(1).Append(pick.Select).Any(HasModifier))
        {
            return;
        }

        var uses = users.SelectMany(select => Uses(select, pick.Name, keys)).ToList();
        // Any other mention of the name may be a use that needs the map, or another column of that name.
        if (uses.Count != mentions - 1)
        {
            return;
        }

        pick.Call["function_name"] = Function(size);
        foreach (var (node, field) in uses)
        {
            Replace(node, field);
        }
    }

    private static IEnumerable<(JsonObject Node, Func<JsonNode, JsonObject>? Field)> Uses(JsonObject select, string name, string[] keys)
    {
        var found = new List<(JsonObject, Func<JsonNode, JsonObject>?)>();
        foreach (var (member, child) in select)
        {
            Walk(member is "from_table" or "cte_map" ? null : child);
        }

        return found;

        void Walk(JsonNode? node)
        {
            if (node is JsonObject o && Use(o, name, keys) is { } use)
            {
                found.Add((o, use.Field));
                return;
            }

            foreach (var child in node switch { JsonObject inner when inner.Text("class") != "SUBQUERY" => inner.Select(m => m.Value), JsonArray array => array, _ => [] })
            {
                Walk(child);
            }
        }
    }

    private static (JsonObject Column, Func<JsonNode, JsonObject>? Field)? Use(JsonObject node, string name, string[] keys)
    {
        if (node["children"] is not JsonArray { Count: > 0 } arguments || arguments[0] is not JsonObject first)
        {
            return null;
        }

        var isColumn = IsColumn(first, name);
        if (isColumn && node.Text("function_name") == "clr_cardinality")
        {
            return (first, column => Field(column, Count));
        }

        if (isColumn && node.Text("type") is ("OPERATOR_IS_NULL" or "OPERATOR_IS_NOT_NULL"))
        {
            return (first, null);
        }

        if (isColumn && Slot(node) is var slot and >= 0)
        {
            return (first, column => Ast.Function(ValueFunction, Field(column, Scalar(slot)), Field(column, IsText(slot)), Field(column, Other(slot))));
        }

        if (node.Text("function_name") == "clr_json_extract_scalar" && Ast.Literal(arguments[1]) == "$" && first["children"] is JsonArray { Count: 2 } inner
            && inner[0] is JsonObject innerColumn && IsColumn(innerColumn, name) && Slot(first) is var scalar and >= 0)
        {
            return (innerColumn, column => Field(column, Scalar(scalar)));
        }

        return null;

        int Slot(JsonObject get) => get.Text("type") == "ARRAY_EXTRACT" && Ast.Literal(get["children"]![1]) is { } key ? Array.IndexOf(keys, key) : -1;
    }

    private static void Replace(JsonObject node, Func<JsonNode, JsonObject>? field)
    {
        if (field is null)
        {
            return;
        }

        var column = node;
        while (column.Text("class") != "COLUMN_REF")
        {
            column = column["children"]![0]!.AsObject();
        }

        var (alias, replacement) = (node.Text("alias"), field(column.DeepClone()));
        node.Clear();
        foreach (var (member, value) in replacement.ToList())
        {
            replacement[member] = null;
            node[member] = value;
        }

        node["alias"] = alias;
    }

    // How often each name is that of a column, of an expression or of something else.
    private static void CountMentions(JsonNode? node, Dictionary<string, int> mentions)
    {
        switch (node)
        {
            case JsonObject o when o.Text("class") == "CONSTANT":
                Add(o["alias"]!);
                break;
            case JsonObject o:
                foreach (var (member, child) in o)
                {
                    if (child is not JsonValue)
                    {
                        CountMentions(child, mentions);
                    }
                    else if (member == "alias")
                    {
                        Add(child);
                    }
                }

                break;
            case JsonArray array:
                foreach (var child in array)
                {
                    if (child is JsonValue)
                    {
                        Add(child);
                    }
                    else
                    {
                        CountMentions(child, mentions);
                    }
                }

                break;
        }

        void Add(JsonNode value)
        {
            if (value.AsValue().TryGetValue<string>(out var name) && mentions.TryGetValue(name, out var count))
            {
                mentions[name] = count + 1;
            }
        }
    }

    private static bool Is(JsonNode value, string name) =>
        value.AsValue().TryGetValue<string>(out var text) && text.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsColumn(JsonObject node, string name) =>
        node.Text("class") == "COLUMN_REF" && node["column_names"] is JsonArray { Count: 1 or 2 } names && Is(names[^1]!, name);

    private static bool HasStar(JsonObject select) => select["select_list"]!.AsArray().OfType<JsonObject>().Any(item => item.Text("class") == "STAR");

    private static bool HasModifier(JsonObject select) => select["modifiers"] is JsonArray { Count: > 0 };

    private static JsonObject Field(JsonNode column, string field) => Ast.Function("struct_extract", column.DeepClone(), Ast.Text(field));

    private sealed record Pick(JsonObject Call, string Name, JsonObject Select, IReadOnlyList<JsonObject> Around);
}
