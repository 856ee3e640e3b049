using System.CommandLine;
using System.Diagnostics;
using Stedi.Temporal.Worker.Cli;

namespace Stedi.Testing;

/// <summary>The result of a command line that ran to its end, in this process or in one of its own.</summary>
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

    /// <summary>Runs a command in a process of its own, which is killed if it takes too long.</summary>
    /// <param name="start">The command, with its output and error streams redirected.</param>
    /// <param name="deadline">The longest time that it may take; null for two minutes.</param>
    /// <param name="input">All of its standard input, which has to be redirected; null leaves the stream open.</param>
    public static async Task<CommandRun> OfProcessAsync(ProcessStartInfo start, TimeSpan? deadline = null, string? input = null)
    {
        using var process = Process.Start(start)!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(deadline ?? TimeSpan.FromMinutes(2));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input);
                process.StandardInput.Close();
            }

            await process.WaitForExitAsync(timeout.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Parses a command line without running it.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments) =>
        StediCommandLine.Build(TestCommandContext.In(Path.GetTempPath(), new(TextWriter.Null, TextWriter.Null))).Parse(arguments);
}
