using System.Text;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Transcripts;

/// <summary>
/// A text file of shell commands, each after <c>$ </c>, and their results: standard output, standard error with the prefix
/// <c>! </c>, and an exit code other than 0 in brackets.
/// </summary>
internal static class Transcript
{
    // Set this variable to rewrite the files; then review the difference.
    private const string RewriteVariable = "STEDI_REWRITE_TRANSCRIPTS";

    /// <summary>Runs the commands of a file and compares their results with the file.</summary>
    public static async Task ReplayAsync(Shell shell, string name)
    {
        var file = Path.Combine(Repository.Root, "Tests", "EndToEnd", "Transcripts", name + ".txt");
        var expected = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var actual = new StringBuilder();
        foreach (var line in expected.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)))
        {
            var run = await shell.TypeAsync(line[2..]);
            actual.Append(line).Append('\n').Append(Format(run, shell.Work)).Append('\n');
        }

        if (Environment.GetEnvironmentVariable(RewriteVariable) is not null)
        {
            await File.WriteAllTextAsync(file, actual.ToString());
            return;
        }

        foreach (var (actualResult, expectedResult) in SplitByCommand(actual.ToString()).Zip(SplitByCommand(expected)))
        {
            actualResult.ShouldBe(expectedResult, $"in {name}.txt");
        }
    }

    /// <summary>Formats the result of a command.</summary>
    public static string Format(CommandRun run, string folder)
    {
        var text = new StringBuilder(run.Output);
        if (run.Output.Length > 0 && !run.Output.EndsWith('\n'))
        {
            text.Append("(no end of line)\n");
        }

        foreach (var line in run.Error.TrimEnd('\n').Split('\n').Where(_ => run.Error.Length > 0))
        {
            text.Append("! ").Append(line).Append('\n');
        }

        var masked = Masks.Apply(text.ToString(), folder);
        return (masked.Length > 0 ? masked + "\n" : "") + (run.ExitCode == 0 ? "" : $"[{run.ExitCode}]\n");
    }

    private static string[] SplitByCommand(string transcript) => transcript.Split("\n$ ");
}
