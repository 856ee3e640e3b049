using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Local;

namespace Stedi.Testing;

/// <summary>What a command line did, run in this process in a folder of its own.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> InAsync(string directory, params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var session = new CommandContext
        {
            Terminal = new Terminal(output, error),
            Directory = directory,
            Variable = _ => null,
            Program = "stedi",
            Local = new LocalFeatures(),
        };
        var code = await StediCommandLine.RunAsync(arguments, session, TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }
}
