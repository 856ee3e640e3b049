using System.Net;

namespace Stedi.DevStack.Aws.Tests;

public sealed class S3PresignedTests(SharedAws shared) : AwsTest(shared)
{
    [Fact]
    public async Task GetObject_WithPresignedUrl_SucceedsUntilItExpires()
    {
        var bucket = await Aws.BucketAsync();
        await Aws.PutAsync(bucket, "k", "hello");
        using var http = new HttpClient();
        var request = new Amazon.S3.Model.GetPreSignedUrlRequest { BucketName = bucket, Key = "k", Protocol = Amazon.S3.Protocol.HTTP, Expires = DateTime.UtcNow.AddMinutes(5) };

        (await http.GetStringAsync(new Uri(await Aws.S3.GetPreSignedURLAsync(request)), Cancellation)).ShouldBe("hello");

        foreach (var expired in (string[])["X-Amz-Date=20200101T000000Z&X-Amz-Expires=60&X-Amz-Credential=local", "Expires=1577836800&AWSAccessKeyId=local&Signature=x"])
        {
            using var response = await http.GetAsync(new Uri(Aws.Endpoint, $"{bucket}/k?{expired}"), Cancellation);
            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden, expired);
        }
    }
}
