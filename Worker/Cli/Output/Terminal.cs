using Spectre.Console;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>
/// Where a command writes: results to standard output, progress and messages to standard error, so that a pipe or a file
/// gets results alone.
/// </summary>
public sealed class Terminal
{
    // Wide enough that nothing wraps in pipes and files.
    private const int WidthWithoutScreen = 4096;

    /// <summary>Creates a terminal from two writers.</summary>
    /// <param name="output">Standard output, or a test's.</param>
    /// <param name="error">Standard error, or a test's.</param>
    /// <param name="outputWidth">Columns of the output if it is a terminal, or null.</param>
    /// <param name="errorWidth">Columns of the error if it is a terminal, or null.</param>
    public Terminal(TextWriter output, TextWriter error, int? outputWidth = null, int? errorWidth = null)
    {
        Output = output;
        Error = error;
        Results = Console(output, outputWidth);
        Status = Console(error, errorWidth);
        IsLive = errorWidth is not null && Status.Profile.Capabilities.Ansi;
    }

    /// <summary>Plain results, such as JSON.</summary>
    public TextWriter Output { get; }

    /// <summary>Plain messages.</summary>
    public TextWriter Error { get; }

    /// <summary>Results for people.</summary>
    public IAnsiConsole Results { get; }

    /// <summary>Progress and messages for people.</summary>
    public IAnsiConsole Status { get; }

    /// <summary>Whether progress can be redrawn in place.</summary>
    public bool IsLive { get; }

    /// <summary>The terminal of this process.</summary>
    public static Terminal FromProcess() => new(
        System.Console.Out,
        System.Console.Error,
        System.Console.IsOutputRedirected ? null : Columns(),
        System.Console.IsErrorRedirected ? null : Columns());

    private static int Columns() => System.Console.WindowWidth is > 20 and var columns ? columns : 80;

    private static IAnsiConsole Console(TextWriter writer, int? width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = width is null ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = width is null ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = width is null ? InteractionSupport.No : InteractionSupport.Detect,
        });
        console.Profile.Width = width ?? WidthWithoutScreen;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
