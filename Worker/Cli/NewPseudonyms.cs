using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Lets the next run publish pseudonyms made with a new key.</summary>
internal sealed class NewPseudonyms(CommandContext context, LakehouseStack stack)
{
    /// <summary>Generates a key if the embedded stack has no usable one, and removes the key's fingerprint from the published snapshot.</summary>
    public async Task AcceptAsync(CancellationToken cancellationToken)
    {
        if (stack.Endpoints.Aws is not null && context.Local is { } local)
        {
            await local.ReplaceUnusableKeyAsync(stack, context.Time, cancellationToken);
        }

        var snapshots = new SnapshotStore(new(stack.Worker.S3, stack.Lake, context.Time));
        while (await snapshots.ReadAsync(cancellationToken) is { } found && found.Log.Current.KeyFingerprint is not null)
        {
            // If another run published meanwhile, its snapshot has a fingerprint too: read again.
            await snapshots.SwapAsync(found.Log with { Current = found.Log.Current with { KeyFingerprint = null } }, found.ETag, cancellationToken);
        }
    }
}
