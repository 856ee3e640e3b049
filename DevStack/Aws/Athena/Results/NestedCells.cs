using System.Text.Json;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Executions;

namespace Stedi.DevStack.Aws.Athena.Results;

/// <summary>Arrays, maps and rows: fetched as JSON, printed as <c>[1, 2]</c>, <c>{k=v}</c> and <c>{id=1, name=x}</c>.</summary>
internal static class NestedCells
{
    public static string Select(PreparedQuery query, IReadOnlyList<ResultColumn> columns)
    {
        if (!columns.Any(c => c.IsNested))
            return query.Sql;
        var names = columns.Select((_, i) => $"c{i}").ToList();
        var cells = columns.Zip(names, (c, name) => c.IsNested ? $"CAST(to_json({name}) AS VARCHAR)" : name);
        return $"SELECT {string.Join(", ", cells)} FROM ({query.Sql}) AS nested({string.Join(", ", names.Select(SqlText.Identifier))})";
    }

    public static string Text(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Text(document.RootElement);
    }

    static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Text))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name}={Text(p.Value)}"))}}}",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
