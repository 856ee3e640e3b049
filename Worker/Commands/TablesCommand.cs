using System.CommandLine;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Output;
using Stedi.Temporal.Worker.Stack;
using Stedi.Temporal.Worker.Tables;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>Which tables there are, and which of the lake's files count.</summary>
static class TablesCommand
{
    public static Command Create(Session session)
    {
        var json = CommonOptions.Json("Print the list as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("tables", "Lists the tables: rows, size, and where the files are that count (several snapshots lie side by side).") { json, config };
        command.AddExamples(("tables", "What is published, and where."), ("tables --json", "The same for a program."));
        command.SetGuardedAction(session, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenLakeAsync(session, session.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var snapshots = new SnapshotStore(new LakeObjects(stack.Reader.S3, stack.Lake, session.Time));
            var catalog = new LakeCatalog(stack.Reader.Glue, session.Time);
            var listing = await new TableLister(snapshots, catalog, stack).ListAsync(cancellationToken);
            if (listing.Tables.Count == 0)
            {
                throw new CommandException("There are no tables yet: no run has crawled or published anything here.", "Type `stedi` for a run.");
            }

            if (parsed.GetValue(json))
            {
                session.Terminal.Output.WriteLine(JsonText.Of(listing));
            }
            else
            {
                new TablesView(session.Terminal.Results).Write(listing);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
