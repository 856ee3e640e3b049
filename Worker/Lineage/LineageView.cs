using Spectre.Console;

namespace Stedi.Temporal.Worker.Lineage;

/// <summary>Lineage for people, and for pages that draw Mermaid.</summary>
public sealed class LineageView(IAnsiConsole console)
{
    /// <summary>Writes what every table was made of.</summary>
    public void Write(LineageGraph graph)
    {
        console.WriteLine($"Run {graph.RunId}");
        console.WriteLine();
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn(new GridColumn());
        foreach (var step in graph.Steps)
        {
            grid.AddRow(new Text(step.Output, Color.Aqua), new Text("from " + string.Join(", ", step.Inputs)));
        }

        console.Write(grid);
    }

    /// <summary>Writes where a table's columns come from, all the way back.</summary>
    public void Write(LineageGraph graph, LineageStep table)
    {
        console.WriteLine($"{table.Output}, made of {string.Join(", ", table.Inputs)} in run {graph.RunId}");
        console.WriteLine();
        foreach (var column in table.Columns.Select(column => column.Name).Distinct())
        {
            console.Write(new Text(column, Color.Aqua));
            console.WriteLine();
            foreach (var from in graph.Trace(table.Output, column))
            {
                console.WriteLine($"  from {Place(from)}{(from.How.Length == 0 ? "" : $" ({from.How})")}");
            }
        }
    }

    /// <summary>The steps as a Mermaid flow chart.</summary>
    public static string Mermaid(IReadOnlyList<LineageStep> steps)
    {
        var names = steps.SelectMany(step => step.Inputs.Append(step.Output)).Distinct().ToList();
        var nodes = names.Select((name, i) => $"    n{i}[\"{name}\"]");
        var edges = steps.SelectMany(step => step.Inputs.Select(input => $"    n{names.IndexOf(input)} --> n{names.IndexOf(step.Output)}"));
        return string.Join('\n', ["flowchart LR", .. nodes, .. edges]);
    }

    static string Place(LineageColumn from) =>
        from.FromTable.EndsWith('/') ? $"the files in {from.FromTable}, field {from.FromColumn}" : $"{from.FromTable}.{from.FromColumn}";
}
