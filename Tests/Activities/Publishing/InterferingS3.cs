using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Stedi.Temporal.Activities.Publishing;

namespace Stedi.Temporal.Activities.Tests.Publishing;

/// <summary>An S3 client that does something just before, or after, its first write of the commit point.</summary>
internal sealed class InterferingS3(AWSCredentials credentials, AmazonS3Config config) : AmazonS3Client(credentials, config)
{
    public Func<Task>? BeforeSwap { get; set; }

    public Action? AfterSwap { get; set; }

    public override async Task<PutObjectResponse> PutObjectAsync(PutObjectRequest request, CancellationToken cancellationToken = default)
    {
        if (request.Key != SnapshotStore.Key)
        {
            return await base.PutObjectAsync(request, cancellationToken);
        }

        var (before, after) = (BeforeSwap, AfterSwap);
        (BeforeSwap, AfterSwap) = (null, null);
        await (before?.Invoke() ?? Task.CompletedTask);
        var response = await base.PutObjectAsync(request, cancellationToken);
        after?.Invoke();
        return response;
    }
}
