using Stedi.DevStack.Temporal.Engine.Transitions;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.Engine.Commands;

/// <summary>Accepts or completes an update at its position among the commands. The message itself is sent separately from the commands.</summary>
public sealed class ProtocolMessage : ICommandHandler
{
    public CommandType Type => CommandType.ProtocolMessage;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        if (!scope.Messages.TryGetValue(command.ProtocolMessageCommandAttributes.MessageId, out var message))
        {
            throw Bad($"There is no message {command.ProtocolMessageCommandAttributes.MessageId}.");
        }

        if (message.Body?.TryUnpack<Acceptance>(out var acceptance) == true)
        {
            Accept(tx, scope, message, acceptance);
        }
        else if (message.Body?.TryUnpack<Response>(out var response) == true)
        {
            Complete(tx, message, response);
        }
    }

    private static void Complete(Transaction tx, Message message, Response response)
    {
        if (!tx.State.Updates.TryGetValue(message.ProtocolInstanceId, out var update) || !UpdateMachine.Complete.IsPossible(update))
        {
            throw Bad($"Update {message.ProtocolInstanceId} is not waiting for an outcome.");
        }

        UpdateMachine.Complete.Fire(update, tx, response);
    }

    private static void Accept(Transaction tx, CommandScope scope, Message message, Acceptance acceptance)
    {
        var request = acceptance.AcceptedRequest ?? scope.AdmittedUpdates.GetValueOrDefault(message.ProtocolInstanceId)
            ?? throw Bad($"Update {message.ProtocolInstanceId} was not requested.");
        if (tx.State.Updates.ContainsKey(message.ProtocolInstanceId))
        {
            throw Bad($"Update {message.ProtocolInstanceId} was already accepted.");
        }

        if (request.Meta is null || request.Input is null)
        {
            throw Bad($"The accepted request of update {message.ProtocolInstanceId} has no metadata or input.");
        }

        tx.Append(new()
        {
            WorkflowExecutionUpdateAcceptedEventAttributes = new()
            {
                ProtocolInstanceId = message.ProtocolInstanceId,
                AcceptedRequestMessageId = acceptance.AcceptedRequestMessageId,
                AcceptedRequestSequencingEventId = acceptance.AcceptedRequestSequencingEventId,
                AcceptedRequest = request,
            },
        });
    }

    private static BadCommandException Bad(string message) => new(WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage, message);
}
