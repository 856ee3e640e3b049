using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi tables</c>: lists the tables and their locations.</summary>
internal static class TablesCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json("Print the list as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("tables", "Lists the tables: rows, size and the location of the current snapshot's files.") { json, config };
        command.AddExamples(("tables", "What is published, and where."), ("tables --json", "The same as JSON."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenLakeAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var snapshots = new SnapshotStore(new LakeObjects(stack.Reader.S3, stack.Lake, context.Time));
            var catalog = new LakeCatalog(stack.Reader.Glue, context.Time);
            var listing = await new TableLister(snapshots, catalog, stack).ListAsync(cancellationToken);
            if (listing.Tables.Count == 0)
            {
                throw new CommandException("There are no tables yet: no run has crawled or published anything here.", "Type `stedi` to start a run.");
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

/// <summary>Prints the tables, with each path on a line of its own so that it can be copied.</summary>
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
        // Crawlers estimate the rows of landing tables from a sample.
        var approximately = table.Zone == LakeZones.Landing ? "~" : "";
        var rows = table.Rows is { } count ? $"{approximately}{NumberFormat.Count(count)} rows" : "";
        var size = table.Bytes is { } bytes ? NumberFormat.Bytes(bytes) : "";
        console.WriteLine($"  {table.Name,-26}{rows,16}{size,12}".TrimEnd());
        console.Profile.Out.Writer.WriteLine($"    {table.Path ?? table.Location}");
        if (!table.IsCatalogued)
        {
            console.WriteLine("    The Glue table does not point to this snapshot yet; the next run updates it.");
        }
    }
}
