using Spectre.Console;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>Prints an error message and its advice.</summary>
internal static class ErrorView
{
    public static void Write(Terminal terminal, CommandException error, string program)
    {
        terminal.Status.Write(new Text("error: ", new Style(Color.Red, decoration: Decoration.Bold)));
        terminal.Status.WriteLine(WithProgramName(error.Message, program));
        foreach (var line in error.Advice)
        {
            terminal.Status.WriteLine("  " + WithProgramName(line, program));
        }
    }

    // Messages say `stedi ...`, but the user may have started the program in another way.
    public static string WithProgramName(string text, string program) => text.Replace("`stedi", "`" + program, StringComparison.Ordinal);
}
