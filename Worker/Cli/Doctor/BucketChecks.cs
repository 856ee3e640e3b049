using Amazon.S3;
using Amazon.S3.Model;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>Checks the S3 permissions of a run without leaving objects behind.</summary>
internal sealed class BucketChecks(IAmazonS3 s3, LakeOptions lake)
{
    private static readonly string[] Removed = [$"{LakeZones.Staged}/", $"{LakeZones.Trusted}/", $"{LakeZones.Curated}/", "runs/", $"{LakeZones.Quarantine}/"];
    private static readonly string[] Kept = ["snapshots/", "lineage/"];

    private readonly string _name = PermissionProbe.NewName();
    private bool _canDelete;

    /// <summary>The checks, in the order in which a run needs their subjects.</summary>
    public IReadOnlyList<Check> All => [
        new("s3:ListBucket", Grant("s3:ListBucket", ""), async token =>
        {
            await s3.ListObjectsV2Async(new() { BucketName = lake.Bucket, MaxKeys = 1 }, token);
            return $"on {lake.Bucket}";
        }),
        new("s3:GetBucketLocation", Grant("s3:GetBucketLocation", ""), async token =>
        {
            await s3.GetBucketLocationAsync(new GetBucketLocationRequest { BucketName = lake.Bucket }, token);
            return "Athena calls it with your credentials";
        }),
        new("s3:GetObject", Grant("s3:GetObject", "/*"), token => PermissionProbe.EachAsync(
            [.. LandingSources.All.Select(LandingSources.Prefix), .. Written],
            async place => (await s3.GetObjectAsync(new() { BucketName = lake.Bucket, Key = place + PermissionProbe.NewName() }, token)).Dispose(),
            "NoSuchKey")),
        // A conditional write (If-Match) of an object that does not exist writes nothing.
        new("s3:PutObject", Grant("s3:PutObject", "/*"), token => PermissionProbe.EachAsync(
            Written,
            place => s3.PutObjectAsync(new() { BucketName = lake.Bucket, Key = place + PermissionProbe.NewName(), ContentBody = "", IfMatch = "\"doctor\"" }, token),
            "NoSuchKey", "PreconditionFailed")),
        new("s3:DeleteObject", Grant("s3:DeleteObject", "/*"), async token =>
        {
            var finding = await PermissionProbe.EachAsync(
                [.. Removed, lake.ResultsPrefix],
                place => s3.DeleteObjectAsync(new() { BucketName = lake.Bucket, Key = place + PermissionProbe.NewName() }, token));
            _canDelete = true;
            return finding;
        }),
        new("Write, read and remove", "The permissions above are granted, but access is denied: check the bucket policy and the KMS key policy.", RoundTripAsync),
    ];

    private IReadOnlyList<string> Written => [.. Removed, .. Kept, lake.ResultsPrefix];

    private async Task<string> RoundTripAsync(CancellationToken cancellationToken)
    {
        if (!_canDelete)
        {
            throw new CheckNotTriedException("the object could not be removed");
        }

        var key = lake.ResultsPrefix + _name;
        await s3.PutObjectAsync(new() { BucketName = lake.Bucket, Key = key, ContentBody = "ok" }, cancellationToken);
        (await s3.GetObjectAsync(new() { BucketName = lake.Bucket, Key = key }, cancellationToken)).Dispose();
        await s3.DeleteObjectAsync(new() { BucketName = lake.Bucket, Key = key }, cancellationToken);
        return $"an object in {lake.ResultsPrefix}";
    }

    private string Grant(string action, string below) => $"Grant {action} on arn:aws:s3:::{lake.Bucket}{below}, where deploy/lakehouse.yaml grants it.";
}
