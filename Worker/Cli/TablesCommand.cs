using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Which tables there are, and which of the lake's files count.</summary>
internal static class TablesCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json("Print the list as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("tables", "Lists the tables: rows, size, and where the files are that count (several snapshots lie side by side).") { json, config };
        command.AddExamples(("tables", "What is published, and where."), ("tables --json", "The same for a program."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenLakeAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var snapshots = new SnapshotStore(new LakeObjects(stack.Reader.S3, stack.Lake, context.Time));
            var catalog = new LakeCatalog(stack.Reader.Glue, context.Time);
            var listing = await new TableLister(snapshots, catalog, stack).ListAsync(cancellationToken);
            if (listing.Tables.Count == 0)
            {
                throw new CommandException("There are no tables yet: no run has crawled or published anything here.", "Type `stedi` for a run.");
            }

            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(listing));
            }
            else
            {
                new TablesView(context.Terminal.Results).Write(listing);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}

/// <summary>The tables for people: paths on lines of their own, so that they can be copied at any width.</summary>
public sealed class TablesView(IAnsiConsole console)
{
    public void Write(TableListing listing)
    {
        console.WriteLine(listing.Snapshot is { } snapshot
            ? $"Snapshot {NumberFormat.Count(snapshot.Generation)}, consent policy {snapshot.Policy}, as of {snapshot.AsOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, run {snapshot.RunId}"
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

    private void Write(ListedTable table)
    {
        // Nobody counted a landing table's lines: crawlers look at a sample.
        var about = table.Zone == LakeZones.Landing ? "~" : "";
        var rows = table.Rows is { } count ? $"{about}{NumberFormat.Count(count)} rows" : "";
        var size = table.Bytes is { } bytes ? NumberFormat.Bytes(bytes) : "";
        console.WriteLine($"  {table.Name,-26}{rows,16}{size,12}".TrimEnd());
        console.Profile.Out.Writer.WriteLine($"    {table.Path ?? table.Location}");
        if (!table.IsCatalogued)
        {
            console.WriteLine("    The Glue table does not show this snapshot yet; the next run sees to it.");
        }
    }
}
