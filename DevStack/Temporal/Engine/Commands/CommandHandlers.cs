using System.Collections.Frozen;
using System.Reflection;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Commands;

/// <summary>The command handlers, by command type.</summary>
public static class CommandHandlers
{
    private static readonly FrozenDictionary<CommandType, ICommandHandler> Handlers = Assembly.GetExecutingAssembly().GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(ICommandHandler).IsAssignableFrom(t))
        .Select(t => (ICommandHandler)Activator.CreateInstance(t)!)
        .ToFrozenDictionary(h => h.Type);

    private static readonly FrozenDictionary<CommandType, Command.AttributesOneofCase> Attributes = Handlers.Keys
        .ToFrozenDictionary(type => type, type => Enum.Parse<Command.AttributesOneofCase>($"{type}CommandAttributes"));

    public static bool Closes(CommandType type) => Handlers.TryGetValue(type, out var handler) && handler.Closes;

    /// <summary>Applies commands in order. Commands after one that closes the run are ignored.</summary>
    /// <exception cref="BadCommandException">A command is invalid.</exception>
    public static void ApplyAll(Transaction tx, IEnumerable<Command> commands, CommandScope scope)
    {
        foreach (var command in commands)
        {
            if (!tx.State.IsRunning)
            {
                return;
            }

            if (!Handlers.TryGetValue(command.CommandType, out var handler))
            {
                throw new BadCommandException(WorkflowTaskFailedCause.FeatureDisabled, $"{command.CommandType} commands are not supported by this server.");
            }

            if (command.AttributesCase != Attributes[command.CommandType])
            {
                throw new BadCommandException(WorkflowTaskFailedCause.UnhandledCommand, $"The {command.CommandType} command has {command.AttributesCase} attributes.");
            }

            CommandSizeLimits.Check(command, tx.Work.Settings);
            handler.Apply(tx, command, scope);
        }
    }
}

/// <summary>Finds the search attributes that a command sets, on this run or on one it starts.</summary>
public static class CommandSearchAttributes
{
    public static SearchAttributes? Of(Command command) => command.AttributesCase switch
    {
        Command.AttributesOneofCase.UpsertWorkflowSearchAttributesCommandAttributes =>
            command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes,
        Command.AttributesOneofCase.StartChildWorkflowExecutionCommandAttributes =>
            command.StartChildWorkflowExecutionCommandAttributes.SearchAttributes,
        Command.AttributesOneofCase.ContinueAsNewWorkflowExecutionCommandAttributes =>
            command.ContinueAsNewWorkflowExecutionCommandAttributes.SearchAttributes,
        _ => null,
    };
}
