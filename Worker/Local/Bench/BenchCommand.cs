using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Spectre.Console;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary><c>stedi bench</c>: measures this machine, each time against a baseline in the same process.</summary>
internal static class BenchCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("bench", "Measures this machine: the durable run against bare DuckDB, and the embedded Temporal server. Use a Release build on a quiet machine.")
        {
            Pipeline(context),
            Server(context),
            Growth(context),
        };
        command.AddExamples(
            ("bench pipeline", "The whole run at published size, in pairs with the same work in bare DuckDB."),
            ("bench pipeline --scale 100 --pairs 3", "At a hundred times the size: 8 million accelerometer readings."),
            ("bench server", "Workflows a second, in memory and on SQLite."),
            ("bench growth", "The same work when much has gathered: snapshots, files, closed workflows."));
        return command;
    }

    private static Command Pipeline(CommandContext context)
    {
        var scale = new Option<double>("--scale") { HelpName = "N", Description = "The size of the landing data, up to 100: 1 is the published one.", DefaultValueFactory = _ => 1 };
        var pairs = Repeats("--pairs", "How many pairs of a bare and a durable run.", 5);
        var json = CommonOptions.Json("Print the figures as JSON.");
        var command = new Command("pipeline", "The durable run, from the client's call to the report, against the same tables made by bare DuckDB.") { scale, pairs, json };
        command.AddExamples(("bench pipeline --scale 10 --pairs 7", "Ten times the published size, seven times each."));
        return command.Measuring(context, json, (parsed, cancellationToken) => PipelineBench.RunAsync(context, parsed.GetValue(scale), parsed.GetValue(pairs), cancellationToken), Table);
    }

    private static Command Server(CommandContext context)
    {
        var workflows = Repeats("--workflows", "How many workflows a round.", 2000);
        var rounds = Repeats("--rounds", "How many rounds, each in memory and on SQLite.", 5);
        var json = CommonOptions.Json("Print the figures as JSON.");
        var command = new Command("server", "Workflows of one activity on the embedded Temporal server: throughput, latency and processor time.") { workflows, rounds, json };
        command.AddExamples(("bench server --workflows 5000", "Longer rounds."));
        return command.Measuring(context, json, (parsed, cancellationToken) => ServerBench.RunAsync(context, parsed.GetValue(workflows), parsed.GetValue(rounds), cancellationToken), Table);
    }

    private static Command Growth(CommandContext context)
    {
        var snapshots = Repeats("--snapshots", "How many snapshots gather.", 40);
        var files = Repeats("--files", "Over how many landing files the published size is spread.", 10_000);
        var workflows = Repeats("--workflows", "How many closed workflows gather.", 100_000);
        var repeats = Repeats("--repeats", "How often each is measured; the median counts.", 5);
        var json = CommonOptions.Json("Print the figures as JSON.");
        var command = new Command("growth", "What the same work costs when snapshots, small landing files and closed workflows have gathered.") { snapshots, files, workflows, repeats, json };
        command.AddExamples(("bench growth --workflows 10000", "A shorter one."));
        return command.Measuring<IReadOnlyList<GrowthResult>>(
            context,
            json,
            async (parsed, cancellationToken) =>
            [
                .. await GrowthBench.SnapshotsAsync(context, parsed.GetValue(snapshots), parsed.GetValue(repeats), cancellationToken),
                .. await GrowthBench.FilesAsync(context, parsed.GetValue(files), parsed.GetValue(repeats), cancellationToken),
                .. await GrowthBench.ClosedWorkflowsAsync(context, parsed.GetValue(workflows), parsed.GetValue(repeats), cancellationToken),
            ],
            Table);
    }

    private static Option<int> Repeats(string name, string description, int usual)
    {
        var option = new Option<int>(name) { HelpName = "N", Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"{name} must be at least 1.");
            }
        });
        return option;
    }

    private static void Warn(CommandContext context)
    {
        if (typeof(BenchCommand).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            context.WriteStatus("This is a Debug build: its measurements are not representative. Build with -c Release.");
        }
    }

    private static Command Measuring<T>(
        this Command command, CommandContext context, Option<bool> json, Func<ParseResult, CancellationToken, Task<T>> measure, Func<T, Table> table)
    {
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            Warn(context);
            var figures = await measure(parsed, cancellationToken);
            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(figures));
            }
            else
            {
                context.Terminal.Results.Write(table(figures));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Table Table(PipelineResult figures)
    {
        var table = Frame("Pair", "Bare tables", "and audits", "Durable run", "to tables", "to both", "CPU bare", "CPU durable", "Memory bare", "Memory durable");
        table.Title = new($"Scale {figures.Scale}: {NumberFormat.Count(figures.AccelerometerRows)} accelerometer readings");
        foreach (var (pair, number) in figures.Pairs.Select((pair, i) => (pair, i + 1)))
        {
            var bare = pair.Tables.Seconds + pair.Audits.Seconds;
            table.AddRow(
                number.ToString(CultureInfo.InvariantCulture), Seconds(pair.Tables.Seconds), Seconds(pair.Audits.Seconds), Seconds(pair.Durable.Seconds),
                Number(pair.Durable.Seconds / pair.Tables.Seconds), Number(pair.Durable.Seconds / bare), Seconds(pair.Tables.CpuSeconds + pair.Audits.CpuSeconds), Seconds(pair.Durable.CpuSeconds),
                NumberFormat.Bytes(Math.Max(pair.Tables.PeakBytes, pair.Audits.PeakBytes)), NumberFormat.Bytes(pair.Durable.PeakBytes));
        }

        table.AddRow(
            "median", Of(pair => pair.Tables.Seconds), Of(pair => pair.Audits.Seconds), Of(pair => pair.Durable.Seconds), Number(figures.RatioToTables), Number(figures.RatioToTablesAndAudits),
            Of(pair => pair.Tables.CpuSeconds + pair.Audits.CpuSeconds), Of(pair => pair.Durable.CpuSeconds), "", "");
        return table;

        string Of(Func<PipelinePair, double> value) => Seconds(Statistics.Median(figures.Pairs.Select(value)));
    }

    private static Table Table(ServerResult figures)
    {
        var table = Frame("Round", "State", "Workflows/s", "p50", "p99", "CPU a workflow");
        table.Title = new($"{NumberFormat.Count(figures.Workflows)} workflows of one activity a round, {figures.Concurrency} at a time; SQLite keeps {figures.Ratio:P0} of the throughput");
        foreach (var (pair, number) in figures.Rounds.Select((pair, i) => (pair, i + 1)))
        {
            Add(number, "memory", pair.Memory);
            Add(number, "SQLite", pair.Sqlite);
        }

        return table;

        void Add(int number, string state, ServerRound round) => table.AddRow(
            number.ToString(CultureInfo.InvariantCulture), state, Number(round.WorkflowsPerSecond), $"{Number(round.P50Milliseconds)} ms", $"{Number(round.P99Milliseconds)} ms", $"{Number(round.CpuMilliseconds)} ms");
    }

    private static Table Table(IReadOnlyList<GrowthResult> figures)
    {
        var table = Frame("Cost", "As they grow", "Little", "Much");
        table.Columns[0].Alignment = table.Columns[1].Alignment = Justify.Left;
        foreach (var figure in figures)
        {
            table.AddRow(figure.What, figure.Of, Number(figure.Small), Number(figure.Large));
        }

        return table;
    }

    private static Table Frame(params string[] columns)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column) { Alignment = Justify.Right, NoWrap = true });
        }

        return table;
    }

    private static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private static string Number(double number) => number.ToString(number < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
