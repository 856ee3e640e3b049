using Amazon.S3;

namespace Stedi.Temporal.Worker.Embedded;

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
