using System.CommandLine;
using System.CommandLine.Help;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>The command line: its commands, error handling, exit codes and help.</summary>
public static class StediCommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args, CommandContext context, CancellationToken cancellationToken = default)
    {
        var parsed = Build(context).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            ErrorView.Write(context.Terminal, UsageError.Of(parsed, context.Program), context.Program);
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(
            new()
            {
                Output = context.Terminal.Output,
                Error = context.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                // The library's default of two seconds is too short to stop a worker and a server on a busy machine.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
            },
            cancellationToken);
    }

    internal static RootCommand Build(CommandContext context)
    {
        var root = new RootCommand(RunCommand.Purpose);
        RunCommand.AddTo(root, context);
        root.Add(RunCommand.Create(context));
        root.Add(TablesCommand.Create(context));
        root.Add(SqlCommand.Create(context));
        root.Add(RunsCommand.Create(context));
        root.Add(ShowCommand.Create(context));
        root.Add(CancelCommand.Create(context));
        root.Add(UpCommand.Create(context));
        root.Add(WorkerCommand.Create(context));
        root.Add(ScheduleCommand.Create(context));
        root.Add(RollbackCommand.Create(context));
        root.Add(LineageCommand.Create(context));
        root.Add(QuarantineCommand.Create(context));
        root.Add(PrivacyCommand.Create(context));
        root.Add(DoctorCommand.Create(context));
        foreach (var command in context.Local?.CreateCommands(context) ?? [])
        {
            root.Add(command);
        }

        root.Add(CompletionCommand.Create(context));
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!, context.Program);
        }

        foreach (var version in root.Options.OfType<VersionOption>())
        {
            version.Action = new VersionAction();
        }

        return root;
    }

    /// <summary>Registers a command's handler and maps exceptions to messages and exit codes.</summary>
    internal static void SetHandledAction(this Command command, CommandContext context, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (CommandException e)
            {
                ErrorView.Write(context.Terminal, e, context.Program);
                return e.ExitCode;
            }
            catch (SettingsException e)
            {
                ErrorView.Write(context.Terminal, new(e.Message), context.Program);
                return ExitCodes.Usage;
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                ErrorView.Write(context.Terminal, UnexpectedError.Explain(e, context.Folder), context.Program);
                return ExitCodes.Failed;
            }
            catch (OperationCanceledException)
            {
                return ExitCodes.Interrupted;
            }
        });
}
