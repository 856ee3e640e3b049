using System.Diagnostics.CodeAnalysis;
using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>One thing that can happen to an entity: from which phases, into which, and what follows.</summary>
/// <remarks>The transitions of an entity, read in order, are its specification; the diagrams of docs/temporal-server.md are written from them.</remarks>
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

    /// <summary>Moves the entity, then does what follows.</summary>
    /// <exception cref="InvalidOperationException">The entity is in a phase this cannot happen in.</exception>
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

/// <summary>A transition as documentation sees it.</summary>
[SuppressMessage("Naming", "CA1716", Justification = "From and To are what a state diagram calls them.")]
public interface ITransition
{
    public string Name { get; }

    public IEnumerable<string> From { get; }

    public string To { get; }
}

/// <summary>The input of a transition that needs none.</summary>
public readonly record struct Unit;
