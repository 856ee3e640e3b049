using Amazon.S3;
using Amazon.S3.Model;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

public sealed class S3ListTests(SharedAws shared) : AwsTest(shared)
{
    [Fact]
    public async Task ListObjectsV2_InPages_ReturnsEveryKeyOnceInOrder()
    {
        var bucket = await Aws.BucketAsync();
        string[] keys = ["a", "a-b", "b/1", "b/2", "b/c/3", "b.x", "z"];
        foreach (var key in keys)
        {
            await Aws.PutAsync(bucket, key, key);
        }

        var request = new ListObjectsV2Request { BucketName = bucket, MaxKeys = 2 };
        List<string> listed = [];
        ListObjectsV2Response page;
        do
        {
            page = await Aws.S3.ListObjectsV2Async(request, Cancellation);
            page.S3Objects.Count.ShouldBeLessThanOrEqualTo(2);
            listed.AddRange(page.S3Objects.Select(o => o.Key));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        listed.ShouldBe(keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ListObjectsV2_WithDelimiterInPages_ReturnsCommonPrefixes()
    {
        var bucket = await Aws.BucketAsync();
        foreach (var key in (string[])["p/a", "p/b/1", "p/b/2", "p/c/1", "p/d", "q"])
        {
            await Aws.PutAsync(bucket, key, key);
        }

        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = "p/", Delimiter = "/", MaxKeys = 2 };
        var first = await Aws.S3.ListObjectsV2Async(request, Cancellation);
        request.ContinuationToken = first.NextContinuationToken;
        var second = await Aws.S3.ListObjectsV2Async(request, Cancellation);

        (first.S3Objects.Single().Key, first.CommonPrefixes.Single()).ShouldBe(("p/a", "p/b/"));
        (second.S3Objects.Single().Key, second.CommonPrefixes.Single()).ShouldBe(("p/d", "p/c/"));
        second.IsTruncated.ShouldBe(false);
    }

    [Fact]
    public async Task ListObjects_WithMarker_ContinuesAfterIt()
    {
        var bucket = await Aws.BucketAsync();
        foreach (var key in (string[])["1", "2", "3"])
        {
            await Aws.PutAsync(bucket, key, key);
        }

        var page = await Aws.S3.ListObjectsAsync(new ListObjectsRequest { BucketName = bucket, MaxKeys = 2 }, Cancellation);
        var rest = await Aws.S3.ListObjectsAsync(new ListObjectsRequest { BucketName = bucket, Marker = page.NextMarker }, Cancellation);

        page.S3Objects.Select(o => o.Key).ShouldBe(["1", "2"]);
        rest.S3Objects.Select(o => o.Key).ShouldBe(["3"]);
    }

    [Fact]
    public async Task DeleteObjects_WithSeveralKeys_ReportsEachAndRemovesEmptyFolders()
    {
        var bucket = await Aws.BucketAsync();
        await Aws.PutAsync(bucket, "x/y/1", "1");
        await Aws.PutAsync(bucket, "x/y/2", "2");

        var deleted = await Aws.S3.DeleteObjectsAsync(new() { BucketName = bucket, Objects = [new() { Key = "x/y/1" }, new() { Key = "x/y/2" }, new() { Key = "none" }] }, Cancellation);

        deleted.DeletedObjects.Count.ShouldBe(3);
        Directory.EnumerateFileSystemEntries(Path.Combine(Aws.Lake, bucket)).ShouldBeEmpty();
        await Aws.S3.DeleteBucketAsync(bucket, Cancellation);
        (await Amazon.S3.Util.AmazonS3Util.DoesS3BucketExistV2Async(Aws.S3, bucket)).ShouldBeFalse();
    }

    [Fact]
    public async Task RestrictedPrefix_WithoutPrivilegedKey_IsDeniedAndNotListed()
    {
        await using var aws = await AwsFixture.StartAsync(o => o with { RestrictedPrefixes = ["s3://lake/secret/"] });
        using var privileged = aws.NewS3(AwsFixture.PrivilegedKey);
        await privileged.PutBucketAsync("lake", Cancellation);
        await privileged.PutObjectAsync(new() { BucketName = "lake", Key = "secret/key.json", ContentBody = "k" }, Cancellation);
        await aws.PutAsync("lake", "open.json", "o");

        (await Should.ThrowAsync<AmazonS3Exception>(() => aws.S3.GetObjectAsync("lake", "secret/key.json", Cancellation))).ErrorCode.ShouldBe("AccessDenied");
        (await Should.ThrowAsync<AmazonS3Exception>(() => aws.S3.CopyObjectAsync("lake", "secret/key.json", "lake", "copy", Cancellation))).ErrorCode.ShouldBe("AccessDenied");
        (await Should.ThrowAsync<AmazonS3Exception>(() => aws.S3.ListObjectsV2Async(new() { BucketName = "lake", Prefix = "secret/" }, Cancellation))).ErrorCode.ShouldBe("AccessDenied");
        (await aws.S3.ListObjectsV2Async(new() { BucketName = "lake" }, Cancellation)).S3Objects.Select(o => o.Key).ShouldBe(["open.json"]);
        (await privileged.ListObjectsV2Async(new() { BucketName = "lake" }, Cancellation)).S3Objects.Count.ShouldBe(2);
    }
}
