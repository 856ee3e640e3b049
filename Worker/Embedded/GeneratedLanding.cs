using Amazon.S3;
using Amazon.S3.Model;
using Stedi.DevStack.Landing;
using Stedi.Temporal.Worker.Commands;
using Stedi.Temporal.Worker.Output;
using Stedi.Temporal.Worker.Stack;
using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Worker.Embedded;

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
    public async Task EnsureAsync(Session session, CancellationToken cancellationToken)
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
        session.Say($"Generated landing data: {Figures.Count(truth.Customer.Rows)} customers, {Figures.Count(truth.Accelerometer.Rows)} accelerometer and {Figures.Count(truth.StepTrainer.Rows)} step trainer readings");
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
