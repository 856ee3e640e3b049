using System.CommandLine;
using Stedi.Temporal.Worker.Settings;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>Options that several commands have, in the same words.</summary>
static class CommonOptions
{
    public static Option<bool> Json(string description) => new("--json") { Description = description };

    public static Option<string?> Config() => new("--config")
    {
        HelpName = "FILE",
        Description = $"A file to use instead of {SettingsFile.DefaultName} in the current directory.",
    };
}
