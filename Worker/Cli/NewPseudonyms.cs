using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Accepts, for the next run, other pseudonyms than the published ones.</summary>
internal sealed class NewPseudonyms(CommandContext context, LakehouseStack stack)
{
    /// <summary>Makes a key where the embedded stack has none that can serve, and forgets which key the published pseudonyms have.</summary>
    public async Task AcceptAsync(CancellationToken cancellationToken)
    {
        if (stack.Endpoints.Aws is not null && context.Local is { } local)
        {
            await local.ReplaceUnusableKeyAsync(stack, context.Time, cancellationToken);
        }

        var snapshots = new SnapshotStore(new(stack.Worker.S3, stack.Lake, context.Time));
        while (await snapshots.ReadAsync(cancellationToken) is { } found && found.Log.Current.KeyFingerprint is not null)
        {
            // Whoever published meanwhile did so with a key of its own: read again.
            await snapshots.SwapAsync(found.Log with { Current = found.Log.Current with { KeyFingerprint = null } }, found.ETag, cancellationToken);
        }
    }
}
