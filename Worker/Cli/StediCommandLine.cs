using System.CommandLine;
using System.CommandLine.Help;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>The tree of commands, and what is the same for all of them: errors, exit codes, help with examples.</summary>
public static class StediCommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args, CommandContext session, CancellationToken cancellationToken = default)
    {
        var parsed = Build(session).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            ErrorView.Write(session.Terminal, UsageError.Of(parsed, session.Program), session.Program);
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(
            new()
            {
                Output = session.Terminal.Output,
                Error = session.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                // A busy machine needs more than the library's two seconds to stop a worker and a server in order.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
            },
            cancellationToken);
    }

    private static RootCommand Build(CommandContext session)
    {
        var root = new RootCommand(RunCommand.Purpose);
        RunCommand.AddTo(root, session);
        root.Add(RunCommand.Create(session));
        root.Add(TablesCommand.Create(session));
        root.Add(SqlCommand.Create(session));
        root.Add(RunsCommand.Create(session));
        root.Add(ShowCommand.Create(session));
        root.Add(CancelCommand.Create(session));
        root.Add(UpCommand.Create(session));
        root.Add(WorkerCommand.Create(session));
        root.Add(ScheduleCommand.Create(session));
        root.Add(RollbackCommand.Create(session));
        root.Add(LineageCommand.Create(session));
        root.Add(DoctorCommand.Create(session));
        foreach (var command in session.Local?.CreateCommands(session) ?? [])
        {
            root.Add(command);
        }

        root.Add(CompletionCommand.Create(session));
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!, session.Program);
        }

        foreach (var version in root.Options.OfType<VersionOption>())
        {
            version.Action = new VersionAction();
        }

        return root;
    }

    /// <summary>Gives a command its action, and turns what stops it into words and an exit code.</summary>
    internal static void SetHandledAction(this Command command, CommandContext session, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (CommandException e)
            {
                ErrorView.Write(session.Terminal, e, session.Program);
                return e.ExitCode;
            }
            catch (SettingsException e)
            {
                ErrorView.Write(session.Terminal, new(e.Message), session.Program);
                return ExitCodes.Usage;
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                ErrorView.Write(session.Terminal, UnexpectedError.Explain(e, session.Folder), session.Program);
                return ExitCodes.Failed;
            }
            catch (OperationCanceledException)
            {
                return ExitCodes.Interrupted;
            }
        });
}
