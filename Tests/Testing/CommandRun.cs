using Stedi.Temporal.Worker.Cli;

namespace Stedi.Testing;

/// <summary>The result of a command line that ran in this process.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> InAsync(string directory, params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var code = await StediCommandLine.RunAsync(arguments, TestCommandContext.In(directory, new(output, error)), TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }
}
