using Stedi.Temporal.Worker.Landing;
using Stedi.Temporal.Worker.Output;
using Stedi.Temporal.Worker.Stack;
#if DEVSTACK
using Stedi.Temporal.Worker.Embedded;
#endif

namespace Stedi.Temporal.Worker.Commands;

/// <summary>Sees to it that there is something to curate: a folder's files, or generated ones where a laptop's lake is empty.</summary>
sealed class LandingPreparation(Session session, LakehouseStack stack)
{
    public async Task PrepareAsync(LandingFolder? folder, CancellationToken cancellationToken)
    {
        if (folder is not null)
        {
            var upload = new LandingUpload(stack.Worker.S3, stack.Lake.Bucket, session.Time);
            var result = await ProgressBar.ShowAsync(session.Terminal, "Uploading landing files", session.Time, report => upload.SynchroniseAsync(folder, report, cancellationToken));
            session.Say($"{Figures.Count(result.Files)} landing files in {folder.SourcePrefix}: {Figures.Count(result.Uploaded)} uploaded, {Figures.Count(result.Removed)} removed, the rest unchanged");
            return;
        }

#if DEVSTACK
        if (stack.Endpoints.Aws is not null)
        {
            await new GeneratedLanding(stack).EnsureAsync(session, cancellationToken);
        }
#endif
    }
}
