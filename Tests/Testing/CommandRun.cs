using System.CommandLine;
using Stedi.Temporal.Worker.Cli;

namespace Stedi.Testing;

/// <summary>The result of a command line that ran in this process, in a folder of its own.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static Task<CommandRun> InAsync(string directory, params string[] arguments) => WithInputAsync(directory, "", arguments);

    /// <summary>Runs a command line with text on standard input.</summary>
    public static async Task<CommandRun> WithInputAsync(string directory, string input, params string[] arguments)
    {
        using var reader = new StringReader(input);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await StediCommandLine.RunAsync(arguments, TestCommandContext.In(directory, new(output, error)) with { Input = reader }, TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Parses a command line without running it.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments) =>
        StediCommandLine.Build(TestCommandContext.In(Path.GetTempPath(), new(TextWriter.Null, TextWriter.Null))).Parse(arguments);
}
