using Stedi.Temporal.Worker.Cli.Landing;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Uploads a folder's landing files, or generates some if the embedded lake has none.</summary>
internal sealed class LandingPreparation(CommandContext context, LakehouseStack stack)
{
    public async Task PrepareAsync(LandingFolder? folder, CancellationToken cancellationToken)
    {
        if (folder is not null)
        {
            var upload = new LandingUpload(stack.Worker.S3, stack.Lake.Bucket, context.Time);
            var result = await ProgressBar.ShowAsync(context.Terminal, "Uploading landing files", context.Time, report => upload.SyncAsync(folder, report, cancellationToken));
            context.WriteStatus($"{NumberFormat.Count(result.Files)} landing files in {folder.SourcePrefix}: {NumberFormat.Count(result.Uploaded)} uploaded, {NumberFormat.Count(result.Removed)} removed, the rest unchanged");
            return;
        }

        if (stack.Endpoints.Aws is not null && context.Local is { } local)
        {
            await local.GenerateLandingAsync(context, stack, cancellationToken);
        }
    }
}
