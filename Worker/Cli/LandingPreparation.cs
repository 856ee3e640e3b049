using Stedi.Temporal.Worker.Cli.Landing;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Sees to it that there is something to curate: a folder's files, or generated ones where a laptop's lake is empty.</summary>
internal sealed class LandingPreparation(CommandContext session, LakehouseStack stack)
{
    public async Task PrepareAsync(LandingFolder? folder, CancellationToken cancellationToken)
    {
        if (folder is not null)
        {
            var upload = new LandingUpload(stack.Worker.S3, stack.Lake.Bucket, session.Time);
            var result = await ProgressBar.ShowAsync(session.Terminal, "Uploading landing files", session.Time, report => upload.SyncAsync(folder, report, cancellationToken));
            session.WriteStatus($"{NumberFormat.Count(result.Files)} landing files in {folder.SourcePrefix}: {NumberFormat.Count(result.Uploaded)} uploaded, {NumberFormat.Count(result.Removed)} removed, the rest unchanged");
            return;
        }

        if (stack.Endpoints.Aws is not null && session.Local is { } local)
        {
            await local.GenerateLandingAsync(session, stack, cancellationToken);
        }
    }
}
