using System.Text.Json;

namespace Stedi.Temporal.Worker.Cli.Lineage;

/// <summary>Where a run's tables came from, as its OpenLineage events tell it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Steps">The steps that made something, each after those that it needs.</param>
public sealed record LineageGraph(string RunId, IReadOnlyList<LineageStep> Steps)
{
    /// <summary>Reads a run's events, a JSON document each.</summary>
    public static LineageGraph Read(string runId, IEnumerable<string> events) =>
        new(runId, InOrder([.. events.Select(line => JsonDocument.Parse(line)).Where(IsComplete).SelectMany(e => StepsOf(e.RootElement))]));

    /// <summary>The steps that a table comes from, itself last.</summary>
    public IReadOnlyList<LineageStep> Towards(string table)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal) { table };
        var path = new List<LineageStep>();
        foreach (var step in Steps.Reverse().Where(step => needed.Contains(step.Output)))
        {
            path.Insert(0, step);
            needed.UnionWith(step.Inputs);
        }

        return path;
    }

    /// <summary>A column's way back to what landed, nearest first.</summary>
    public IReadOnlyList<LineageColumn> Trace(string table, string column)
    {
        var way = new List<LineageColumn>();
        while (Steps.LastOrDefault(step => step.Output == table)?.Columns.FirstOrDefault(from => from.Name == column) is { } found && way.Count < 100)
        {
            way.Add(found);
            (table, column) = (found.FromTable, found.FromColumn);
        }

        return way;
    }

    // Steps side by side end in another order every time.
    private static IReadOnlyList<LineageStep> InOrder(IReadOnlyList<LineageStep> steps)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. steps.OrderBy(step => Depth(step.Output)).ThenBy(step => step.Output, StringComparer.Ordinal)];

        int Depth(string table)
        {
            if (depths.TryAdd(table, 0))
            {
                depths[table] = steps.Where(step => step.Output == table).SelectMany(step => step.Inputs).Select(input => 1 + Depth(input)).DefaultIfEmpty(0).Max();
            }

            return depths[table];
        }
    }

    private static bool IsComplete(JsonDocument e) => e.RootElement.GetProperty("eventType").GetString() == "COMPLETE";

    private static IEnumerable<LineageStep> StepsOf(JsonElement e)
    {
        var inputs = e.GetProperty("inputs").EnumerateArray().Select(Name).ToList();
        return e.GetProperty("outputs").EnumerateArray()
            .Where(_ => inputs.Count > 0)
            .Select(output => new LineageStep(e.GetProperty("job").GetProperty("name").GetString()!.Split('.')[^1], inputs, Name(output), [.. Columns(output)]));
    }

    private static IEnumerable<LineageColumn> Columns(JsonElement output)
    {
        if (!output.TryGetProperty("facets", out var facets) || !facets.TryGetProperty("columnLineage", out var lineage))
        {
            yield break;
        }

        foreach (var column in lineage.GetProperty("fields").EnumerateObject())
        {
            foreach (var from in column.Value.GetProperty("inputFields").EnumerateArray())
            {
                yield return new(column.Name, Name(from), from.GetProperty("field").GetString()!, How(from));
            }
        }
    }

    private static string How(JsonElement from) =>
        from.TryGetProperty("transformations", out var steps) && steps.GetArrayLength() > 0 && steps[0].TryGetProperty("description", out var how) ? how.GetString() ?? "" : "";

    // Catalogued tables are AwsDataCatalog.database.table; what only lies in the bucket is an object or a folder.
    private static string Name(JsonElement dataset)
    {
        var name = dataset.GetProperty("name").GetString()!;
        return name.StartsWith("AwsDataCatalog.", StringComparison.Ordinal) ? name.Split('.')[^1]
            : Path.HasExtension(name) ? name
            : name.TrimEnd('/') + "/";
    }
}

/// <summary>One step of a run that read and made tables.</summary>
/// <param name="Name">The step, such as <c>customer_trusted</c>.</param>
/// <param name="Inputs">What it read: tables, or prefixes of the bucket.</param>
/// <param name="Output">What it made.</param>
/// <param name="Columns">Where its columns come from.</param>
public sealed record LineageStep(string Name, IReadOnlyList<string> Inputs, string Output, IReadOnlyList<LineageColumn> Columns);

/// <summary>One column of a table and one it comes from.</summary>
/// <param name="Name">The column.</param>
/// <param name="FromTable">The table it comes from.</param>
/// <param name="FromColumn">The column there.</param>
/// <param name="How">What was done to it; empty for a copy.</param>
public sealed record LineageColumn(string Name, string FromTable, string FromColumn, string How);
