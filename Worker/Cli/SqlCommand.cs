using System.CommandLine;
using Stedi.Temporal.Worker.Cli.Queries;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi sql</c>: runs a query over the lake.</summary>
internal static class SqlCommand
{
    public static Command Create(CommandContext context)
    {
        var sql = new Argument<string>("query") { HelpName = "QUERY", Description = "A query in Athena's SQL, in quotes; - reads it from standard input." };
        var json = CommonOptions.Json("Print a JSON array with one object per row.");
        var csv = new Option<bool>("--csv") { Description = "Print comma-separated values with a header." };
        var config = CommonOptions.Config();
        var command = new Command("sql", "Runs a query in Athena over the landing and published tables. It cannot read the pseudonym key.") { sql, json, csv, config };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv))
            {
                result.AddError("--json and --csv cannot be combined.");
            }
        });
        command.AddExamples(
            ("sql \"select * from machine_learning_curated limit 5\"", "Look at the training set."),
            ("sql \"select count(*) as people from customers_curated\" --json", "Print a count as JSON."),
            ("sql \"describe step_trainer_trusted\"", "List a table's columns."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            var text = parsed.GetRequiredValue(sql);
            if (text == "-")
            {
                text = await context.Input.ReadToEndAsync(cancellationToken);
            }

            var terminal = context.Terminal;
            IResultWriter writer = parsed.GetValue(json) ? new JsonWriter(terminal.Output)
                : parsed.GetValue(csv) ? new CsvWriter(terminal.Output)
                : new TableWriter(terminal);
            await using var stack = await LakehouseStack.OpenLakeAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var result = await new AdHocQuery(stack.Reader.Athena, stack.Lake, context.Time).RunAsync(text, cancellationToken);
            await writer.WriteAsync(result, cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
