using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Testing;

/// <summary>Command contexts of a folder, without environment variables, and the stacks that commands open there.</summary>
internal static class TestCommandContext
{
    public static CommandContext In(string directory, Terminal terminal) => Program.Compose(new()
    {
        Terminal = terminal,
        Directory = directory,
        Variable = _ => null,
        Program = "stedi",
    });

    /// <summary>Opens the stack of a folder and discards its messages. The caller disposes the stack.</summary>
    public static Task<LakehouseStack> OpenStackAsync(string directory)
    {
        var context = In(directory, new(TextWriter.Null, TextWriter.Null));
        return LakehouseStack.OpenAsync(context, context.LoadSettings(null), TestContext.Current.CancellationToken);
    }
}
