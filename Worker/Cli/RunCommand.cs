using System.CommandLine;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>The main job in its two forms: <c>stedi</c> does everything in this process, <c>stedi run</c> leaves the run to other workers.</summary>
internal static class RunCommand
{
    public const string Purpose = """
        Curates the STEDI lake: crawls what landed, keeps the readings of people who agreed to share them for research,
        joins the sensors, audits the result and publishes it. Without a command it does all of that, once.

        Everything runs on this machine, below .stedi/ in the current directory, unless temporal-dev.yaml or the
        environment (TEMPORAL_ADDRESS, STEDI_BUCKET) says where Temporal and the lake are.
        """;

    /// <summary>Sets the action of the root command: stack, worker and run in this process.</summary>
    public static void AddTo(RootCommand root, CommandContext context)
    {
        var options = new RunOptions();
        options.AddTo(root);
        root.AddExamples(
            ("", "Run everything on this machine, on generated data."),
            ("--landing ~/stedi-data --consent AtReading", "Run on your own files, with readings made after the consent only."),
            ("--json > report.json", "Save the report as JSON."));
        root.SetHandledAction(context, (parsed, cancellationToken) => new MainJob(context, options.Read(parsed)).RunAsync(cancellationToken));
    }

    /// <summary>Creates <c>stedi run</c>.</summary>
    public static Command Create(CommandContext context)
    {
        var options = new RunOptions();
        var wait = new Option<bool>("--wait") { Description = "Follow the run to its end and print its report." };
        var command = new Command("run", "Starts a run that other workers execute: those of `up`, or of a Temporal server elsewhere.");
        options.AddTo(command);
        command.Add(wait);
        command.AddExamples(
            ("run", "Start a run and print its id."),
            ("run --wait --consent AtReading", "Start one and follow it."));
        command.SetHandledAction(context, (parsed, cancellationToken) =>
            new MainJob(context, options.Read(parsed) with { RunsWorker = false, WaitsForEnd = parsed.GetValue(wait) }).RunAsync(cancellationToken));
        return command;
    }

    /// <summary>The options of both forms.</summary>
    private sealed class RunOptions
    {
        private readonly Option<string?> _landing = new("--landing")
        {
            HelpName = "DIR",
            Description = "A folder of landing files to use instead of generated ones: customer/landing/, accelerometer/landing/ and step_trainer/landing/, one JSON document per line.",
        };

        private readonly Option<string?> _consent = CommonOptions.Consent();
        private readonly Option<bool> _looser = CommonOptions.AllowLooserPolicy();
        private readonly Option<int> _shrink = CommonOptions.AllowShrink();
        private readonly Option<bool> _sourceChange = CommonOptions.AllowSourceChange();
        private readonly Option<bool> _newPseudonyms = new("--new-pseudonyms")
        {
            Description = "Publish new pseudonyms, because the key of the published ones was lost or replaced. The embedded stack generates a new key if it has no usable one.",
        };

        private readonly Option<bool> _json = CommonOptions.Json("Print the run's report as JSON on standard output, and nothing else there.");
        private readonly Option<string?> _config = CommonOptions.Config();

        public void AddTo(Command command)
        {
            command.Add(_landing);
            command.Add(_consent);
            command.Add(_looser);
            command.Add(_shrink);
            command.Add(_sourceChange);
            command.Add(_newPseudonyms);
            command.Add(_json);
            command.Add(_config);
        }

        public MainJobOptions Read(ParseResult parsed) => new()
        {
            Landing = parsed.GetValue(_landing),
            Consent = CommonOptions.Policy(parsed.GetValue(_consent)),
            AllowLooserPolicy = parsed.GetValue(_looser),
            AllowShrink = parsed.GetValue(_shrink),
            AllowSourceChange = parsed.GetValue(_sourceChange),
            NewPseudonyms = parsed.GetValue(_newPseudonyms),
            Json = parsed.GetValue(_json),
            ConfigFile = parsed.GetValue(_config),
        };
    }
}
