using System.Globalization;
using Spectre.Console;
using Stedi.Temporal.Worker.Output;

namespace Stedi.Temporal.Worker.Tables;

/// <summary>The tables for people: paths on lines of their own, so that they can be copied at any width.</summary>
public sealed class TablesView(IAnsiConsole console)
{
    public void Write(TableListing listing)
    {
        console.WriteLine(listing.Snapshot is { } snapshot
            ? $"Snapshot {Figures.Count(snapshot.Generation)}, consent policy {snapshot.Policy}, as of {snapshot.AsOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, run {snapshot.RunId}"
            : "Nothing is published yet.");
        foreach (var zone in listing.Tables.GroupBy(table => table.Zone))
        {
            console.WriteLine();
            console.Write(new Text(zone.Key, new Style(Color.Aqua, decoration: Decoration.Bold)));
            console.WriteLine();
            foreach (var table in zone)
            {
                Write(table);
            }
        }
    }

    void Write(ListedTable table)
    {
        // Nobody counted a landing table's lines: crawlers look at a sample.
        var about = table.Zone == Zones.Landing ? "~" : "";
        var rows = table.Rows is { } count ? $"{about}{Figures.Count(count)} rows" : "";
        var size = table.Bytes is { } bytes ? Figures.Bytes(bytes) : "";
        console.WriteLine($"  {table.Name,-26}{rows,16}{size,12}".TrimEnd());
        console.Profile.Out.Writer.WriteLine($"    {table.Path ?? table.Location}");
        if (!table.IsCatalogued)
        {
            console.WriteLine("    The Glue table does not show this snapshot yet; the next run sees to it.");
        }
    }
}
