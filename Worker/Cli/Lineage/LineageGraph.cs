using System.Text.Json;

namespace Stedi.Temporal.Worker.Cli.Lineage;

/// <summary>The sources of a run's tables, read from its OpenLineage events.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Steps">The steps with outputs, in topological order.</param>
public sealed record LineageGraph(string RunId, IReadOnlyList<LineageStep> Steps)
{
    /// <summary>Reads a run's events, each a JSON document.</summary>
    public static LineageGraph Read(string runId, IEnumerable<string> events) =>
        new(runId, InOrder([.. events.Select(line => JsonDocument.Parse(line)).Where(IsComplete).SelectMany(e => StepsOf(e.RootElement))]));

    /// <summary>The steps that lead to a table, ending with the one that made it.</summary>
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

    /// <summary>The sources of a column, from the nearest table back to the landing files.</summary>
    public IReadOnlyList<LineageColumn> Trace(string table, string column)
    {
        var path = new List<LineageColumn>();
        while (Steps.LastOrDefault(step => step.Output == table)?.Columns.FirstOrDefault(from => from.Name == column) is { } found && path.Count < 100)
        {
            path.Add(found);
            (table, column) = (found.FromTable, found.FromColumn);
        }

        return path;
    }

    // Concurrent steps end in any order.
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

    // Catalogued tables are named AwsDataCatalog.database.table; other datasets are objects or prefixes of the bucket.
    private static string Name(JsonElement dataset)
    {
        var name = dataset.GetProperty("name").GetString()!;
        return name.StartsWith("AwsDataCatalog.", StringComparison.Ordinal) ? name.Split('.')[^1]
            : Path.HasExtension(name) ? name
            : name.TrimEnd('/') + "/";
    }
}

/// <summary>A step that read and wrote tables.</summary>
/// <param name="Name">The step, such as <c>customer_trusted</c>.</param>
/// <param name="Inputs">Its inputs: tables, or prefixes of the bucket.</param>
/// <param name="Output">The table it wrote.</param>
/// <param name="Columns">The sources of its columns.</param>
public sealed record LineageStep(string Name, IReadOnlyList<string> Inputs, string Output, IReadOnlyList<LineageColumn> Columns);

/// <summary>A column and one of its sources.</summary>
/// <param name="Name">The column.</param>
/// <param name="FromTable">The source table.</param>
/// <param name="FromColumn">The source column.</param>
/// <param name="How">The transformation; empty for a copy.</param>
public sealed record LineageColumn(string Name, string FromTable, string FromColumn, string How);
