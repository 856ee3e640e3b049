using System.Diagnostics.CodeAnalysis;
using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>A transition of an entity: from which phases, to which phase, and its effect.</summary>
/// <remarks>The diagrams in docs/temporal-server.md are generated from the transitions.</remarks>
public sealed class Transition<TEntity, TPhase, TInput>(
    string name,
    TPhase[] from,
    TPhase to,
    Action<TEntity, Transaction, TInput> effect) : ITransition
    where TEntity : IEntity<TPhase>
    where TPhase : struct, Enum
{
    public string Name => name;

    public bool IsPossible(TEntity entity) => Array.IndexOf(from, entity.Phase) >= 0;

    /// <summary>Changes the phase, then applies the effect.</summary>
    /// <exception cref="InvalidOperationException">The transition is not possible from the entity's phase.</exception>
    public void Fire(TEntity entity, Transaction transaction, TInput input)
    {
        if (!IsPossible(entity))
        {
            throw new InvalidOperationException($"{typeof(TEntity).Name} cannot {name} when {entity.Phase}.");
        }

        entity.Phase = to;
        transaction.MarkDirty();
        effect(entity, transaction, input);
    }

    IEnumerable<string> ITransition.From => from.Select(phase => phase.ToString());

    string ITransition.To => to.ToString();
}

/// <summary>A transition as shown in state diagrams.</summary>
[SuppressMessage("Naming", "CA1716", Justification = "From and To are what a state diagram calls them.")]
public interface ITransition
{
    public string Name { get; }

    public IEnumerable<string> From { get; }

    public string To { get; }
}

/// <summary>The input of a transition that needs none.</summary>
public readonly record struct Unit;
