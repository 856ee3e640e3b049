using System.CommandLine;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json(string description) => new("--json") { Description = description };

    public static Option<string?> Config() => new("--config")
    {
        HelpName = "FILE",
        Description = $"A file to use instead of {SettingsFile.DefaultName} in the current directory.",
    };

    public static Option<string?> Consent()
    {
        var option = new Option<string?>("--consent")
        {
            HelpName = "POLICY",
            Description = "Which readings to use: Given uses all readings of people who consented, AtReading only those made after the consent.",
        };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, Enum.GetNames<ConsentPolicy>());
        return option;
    }

    public static ConsentPolicy? Policy(string? consent) => consent is null ? null : Enum.Parse<ConsentPolicy>(consent, ignoreCase: true);

    public static Option<bool> AllowLooserPolicy() => new("--allow-looser-policy")
    {
        Description = "Publish under Given although the published tables follow the stricter AtReading.",
    };

    public static Option<int> AllowShrink()
    {
        var option = new Option<int>("--allow-shrink")
        {
            HelpName = "GENERATION",
            Description = "Publish although much of this snapshot is missing. It holds once, because the next snapshot has another number.",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < 0)
            {
                result.AddError("--allow-shrink must be the number of a snapshot.");
            }
        });
        return option;
    }

    public static Option<bool> AllowSourceChange() => new("--allow-source-change")
    {
        Description = "Publish although the published tables were built from other landing files. --landing implies it.",
    };
}
