using Amazon.S3;
using Amazon.S3.Model;
using Stedi.DevStack.Landing;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Worker.Local;

/// <summary>Fills the landing zone of an empty lake on a laptop with generated data.</summary>
sealed class GeneratedLanding(LakehouseStack stack)
{
    // Says that generating began and did not end: what lies in the landing zone may be a part. The same settings make
    // the same files, so that beginning again mends it.
    const string Unfinished = "generated/unfinished";

    readonly IAmazonS3 s3 = stack.Worker.S3;
    readonly string bucket = stack.Lake.Bucket;

    /// <summary>Generates landing data if there is none.</summary>
    /// <param name="session">Hears of it.</param>
    /// <param name="cancellationToken">Stops it; the next call begins again.</param>
    public async Task EnsureAsync(CommandContext session, CancellationToken cancellationToken)
    {
        if (!await AnyAsync(Unfinished, cancellationToken) && await HasLandedAsync(cancellationToken))
        {
            return;
        }

        await s3.PutObjectAsync(new() { BucketName = bucket, Key = Unfinished, ContentBody = "" }, cancellationToken);
        var settings = stack.Settings.Landing;
        var truth = await ProgressBar.ShowAsync(session.Terminal, "Generating landing data", session.Time, report => LandingGenerator.WriteAsync(
            (path, _) => ValueTask.FromResult<Stream>(new UploadOnClose(s3, bucket, path)),
            new() { Scale = settings.Scale, Seed = settings.Seed },
            new GenerationProgress(report),
            cancellationToken));
        await s3.DeleteObjectAsync(new() { BucketName = bucket, Key = Unfinished }, cancellationToken);
        session.WriteStatus($"Generated landing data: {NumberFormat.Count(truth.Customer.Rows)} customers, {NumberFormat.Count(truth.Accelerometer.Rows)} accelerometer and {NumberFormat.Count(truth.StepTrainer.Rows)} step trainer readings");
    }

    async Task<bool> HasLandedAsync(CancellationToken cancellationToken)
    {
        foreach (var source in LandingSources.All)
        {
            if (await AnyAsync($"{source}/landing/", cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    async Task<bool> AnyAsync(string prefix, CancellationToken cancellationToken)
    {
        var page = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, MaxKeys = 1 }, cancellationToken);
        return page.S3Objects is { Count: > 0 };
    }
}

/// <summary>A file of moderate size that becomes an object when it is closed.</summary>
sealed class UploadOnClose(IAmazonS3 s3, string bucket, string key) : MemoryStream
{
    bool isClosed;

    public override async ValueTask DisposeAsync()
    {
        if (!isClosed)
        {
            isClosed = true;
            Position = 0;
            await s3.PutObjectAsync(new() { BucketName = bucket, Key = key, InputStream = this, AutoCloseStream = false, ContentType = "application/json" });
        }

        await base.DisposeAsync();
    }
}

/// <summary>Hands on how far a generation has come, at once and in order.</summary>
sealed class GenerationProgress(Action<long, long> report) : IProgress<LandingProgress>
{
    public void Report(LandingProgress value) => report(value.Customers, value.OfCustomers);
}
