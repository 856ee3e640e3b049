using System.CommandLine;
using Stedi.Temporal.Worker.Stack;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>A worker and nothing else: what a container runs.</summary>
static class WorkerCommand
{
    public static Command Create(Session session)
    {
        var config = CommonOptions.Config();
        var command = new Command("worker", "Works on runs until it is told to end (Ctrl-C or SIGTERM). Start as many as you like against one Temporal server.") { config };
        command.AddExamples(("worker", "Work for the Temporal server and the lake that temporal-dev.yaml or the environment names."));
        command.SetGuardedAction(session, async (parsed, cancellationToken) =>
        {
            session.SayOpening();
            await using var stack = await LakehouseStack.OpenAsync(session, session.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var client = await stack.ConnectAsync();
            await using var worker = LakehouseWorker.Create(client, stack, session.Time);
            session.Say($"Working for {client.Connection.Options.TargetHost}, namespace {client.Options.Namespace}, on {stack.LakePlace}");
            await worker.ExecuteAsync(cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
