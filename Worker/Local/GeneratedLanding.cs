using Amazon.S3;
using Amazon.S3.Model;
using Stedi.DevStack.Landing;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Worker.Local;

/// <summary>Fills the landing zone of an empty embedded lake with generated data.</summary>
internal sealed class GeneratedLanding(LakehouseStack stack)
{
    // Marks a generation that has not ended: the landing zone may be incomplete. The same settings generate the same files,
    // so generating again completes it.
    private const string Unfinished = "generated/unfinished";

    private readonly IAmazonS3 _s3 = stack.Worker.S3;
    private readonly string _bucket = stack.Lake.Bucket;

    /// <summary>Generates landing data if there is none.</summary>
    /// <param name="context">Shows the progress.</param>
    /// <param name="cancellationToken">Stops it; the next call starts over.</param>
    public async Task EnsureAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!await AnyAsync(Unfinished, cancellationToken) && await HasLandedAsync(cancellationToken))
        {
            return;
        }

        await _s3.PutObjectAsync(new() { BucketName = _bucket, Key = Unfinished, ContentBody = "" }, cancellationToken);
        var settings = stack.Settings.Landing;
        var truth = await ProgressBar.ShowAsync(context.Terminal, "Generating landing data", context.Time, report => LandingGenerator.WriteAsync(
            (path, _) => ValueTask.FromResult<Stream>(new UploadOnClose(_s3, _bucket, path)),
            new() { Scale = settings.Scale, Seed = settings.Seed },
            new GenerationProgress(report),
            cancellationToken));
        await _s3.DeleteObjectAsync(new() { BucketName = _bucket, Key = Unfinished }, cancellationToken);
        context.WriteStatus($"Generated landing data: {NumberFormat.Count(truth.Customer.Rows)} customers, {NumberFormat.Count(truth.Accelerometer.Rows)} accelerometer and {NumberFormat.Count(truth.StepTrainer.Rows)} step trainer readings");
    }

    private async Task<bool> HasLandedAsync(CancellationToken cancellationToken)
    {
        foreach (var source in LandingSources.All)
        {
            if (await AnyAsync(LandingSources.Prefix(source), cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> AnyAsync(string prefix, CancellationToken cancellationToken)
    {
        var page = await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix, MaxKeys = 1 }, cancellationToken);
        return page.S3Objects is { Count: > 0 };
    }
}

/// <summary>A file, held in memory, that is uploaded when it is closed.</summary>
internal sealed class UploadOnClose(IAmazonS3 s3, string bucket, string key) : MemoryStream
{
    private bool _isClosed;

    public override async ValueTask DisposeAsync()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            Position = 0;
            await s3.PutObjectAsync(new() { BucketName = bucket, Key = key, InputStream = this, AutoCloseStream = false, ContentType = "application/json" });
        }

        await base.DisposeAsync();
    }
}

/// <summary>Reports the progress of a generation synchronously, so that reports stay in order.</summary>
internal sealed class GenerationProgress(Action<long, long> report) : IProgress<LandingProgress>
{
    public void Report(LandingProgress value) => report(value.Customers, value.OfCustomers);
}
