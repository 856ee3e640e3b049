using System.CommandLine;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi completion</c>: prints scripts that call the program's [suggest] directive.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # stedi completion for bash: source <(stedi completion bash)
        _stedi() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(stedi "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null | grep -v '^[/-][?h]$')" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _stedi stedi
        """;

    private const string Zsh = """
        # stedi completion for zsh: source <(stedi completion zsh)
        _stedi() {
            local suggestions=("${(@f)$(stedi "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null | grep -v '^[/-][?h]$')}")
            compadd -- $suggestions || _files
        }
        compdef _stedi stedi
        """;

    public static Command Create(CommandContext context)
    {
        var shell = new Argument<string>("shell") { HelpName = "SHELL", Description = "bash or zsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new Command("completion", "Prints a script that completes commands and options in a shell.") { shell };
        command.AddExamples(("completion bash >> ~/.bashrc", "Complete stedi in every new bash."), ("completion zsh >> ~/.zshrc", "The same in zsh."));
        command.SetHandledAction(context, (parsed, _) =>
        {
            context.Terminal.Output.WriteLine(parsed.GetRequiredValue(shell) == "bash" ? Bash : Zsh);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
