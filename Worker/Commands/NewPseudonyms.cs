using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Stack;
#if DEVSTACK
using Stedi.Temporal.Worker.Embedded;
#endif

namespace Stedi.Temporal.Worker.Commands;

/// <summary>Accepts, for the next run, other pseudonyms than the published ones.</summary>
sealed class NewPseudonyms(LakehouseStack stack, TimeProvider time)
{
    /// <summary>Makes a key where the embedded stack has none that can serve, and forgets which key the published pseudonyms have.</summary>
    public async Task AcceptAsync(CancellationToken cancellationToken)
    {
#if DEVSTACK
        if (stack.Endpoints.Aws is not null)
        {
            await new LakeProvisioning(stack.Worker, stack.Lake).ReplaceUnusableKeyAsync(time, cancellationToken);
        }
#endif
        var snapshots = new SnapshotStore(new(stack.Worker.S3, stack.Lake, time));
        while (await snapshots.ReadAsync(cancellationToken) is { } found && found.Log.Current.KeyFingerprint is not null)
        {
            // Whoever published meanwhile did so with a key of its own: read again.
            await snapshots.SwapAsync(found.Log with { Current = found.Log.Current with { KeyFingerprint = null } }, found.ETag, cancellationToken);
        }
    }
}
