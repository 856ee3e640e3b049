using System.CommandLine;
using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>The main job, which is what the program does when it is given no command.</summary>
static class RunCommand
{
    public const string Purpose = """
        Curates the STEDI lake: crawls what landed, keeps the readings of people who agreed to share them for research,
        joins the sensors, audits the result and publishes it. Without a command it does all of that, once.

        Everything runs on this machine, below .stedi/ in the current directory, unless temporal-dev.yaml or the
        environment (TEMPORAL_ADDRESS, STEDI_BUCKET) says where Temporal and the lake are.
        """;

    public static void AddTo(RootCommand root, Session session)
    {
        var landing = new Option<string?>("--landing")
        {
            HelpName = "DIR",
            Description = "A folder of landing files to use instead of generated ones: customer/landing/, accelerometer/landing/ and step_trainer/landing/, one JSON document a line.",
        };
        var consent = new Option<string?>("--consent")
        {
            HelpName = "POLICY",
            Description = "Whose readings count: Given, of everybody who agreed; AtReading, only those made after they agreed.",
        };
        consent.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, Enum.GetNames<ConsentPolicy>());
        var looser = new Option<bool>("--allow-looser-policy")
        {
            Description = "Publish under Given although the published tables are stricter (AtReading).",
        };
        var json = CommonOptions.Json("Print the run's report as JSON on standard output, and nothing else there.");
        var config = CommonOptions.Config();
        root.Add(landing);
        root.Add(consent);
        root.Add(looser);
        root.Add(json);
        root.Add(config);
        root.AddExamples(
            ("", "Run everything on this machine, on generated data."),
            ("--landing ~/stedi-data --consent AtReading", "Run on your own files, with readings made after the consent only."),
            ("--json > report.json", "Keep the report for a program."));
        root.SetGuardedAction(session, (parsed, cancellationToken) => new MainJob(session, new()
        {
            Landing = parsed.GetValue(landing),
            Consent = parsed.GetValue(consent) is { } policy ? Enum.Parse<ConsentPolicy>(policy, ignoreCase: true) : null,
            AllowLooserPolicy = parsed.GetValue(looser),
            Json = parsed.GetValue(json),
            ConfigFile = parsed.GetValue(config),
        }).RunAsync(cancellationToken));
    }
}
