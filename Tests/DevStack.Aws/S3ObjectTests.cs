using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

public sealed class S3ObjectTests(SharedAws shared) : AwsTest(shared)
{
    [Fact]
    public async Task PutObject_ThenGetObject_ReturnsContentTypeMetadataAndMd5()
    {
        var bucket = await Aws.BucketAsync();
        var put = new PutObjectRequest { BucketName = bucket, Key = "a/b c+d/ä%20.json", ContentBody = "{\"x\":1}", ContentType = "application/json" };
        put.Metadata.Add("run", "r-1");

        var etag = (await Aws.S3.PutObjectAsync(put, Cancellation)).ETag;

        using var got = await Aws.S3.GetObjectAsync(bucket, put.Key, Cancellation);
        using var reader = new StreamReader(got.ResponseStream);
        (await reader.ReadToEndAsync(Cancellation)).ShouldBe("{\"x\":1}");
        etag.ShouldBe($"\"{Convert.ToHexStringLower(MD5.HashData("{\"x\":1}"u8))}\"");
        got.ETag.ShouldBe(etag);
        got.Headers.ContentType.ShouldBe("application/json");
        got.Metadata["run"].ShouldBe("r-1");
        File.ReadAllText(Path.Combine(Aws.Lake, bucket, "a", "b c+d", "ä%20.json")).ShouldBe("{\"x\":1}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200_000)]
    public async Task PutObject_InEveryBodyEncodingOfTheSdk_StoresTheContent(int size)
    {
        var bucket = await Aws.BucketAsync();
        var content = RandomBytes(size);
        using var unsigned = Aws.NewS3("local", c => c.RequestChecksumCalculation = Amazon.Runtime.RequestChecksumCalculation.WHEN_REQUIRED);

        await Aws.S3.PutObjectAsync(Request("signed-with-trailer", chunked: true), Cancellation);
        await unsigned.PutObjectAsync(Request("signed-chunks", chunked: true), Cancellation);
        await Aws.S3.PutObjectAsync(Request("plain", chunked: false), Cancellation);

        foreach (var key in new[] { "signed-with-trailer", "signed-chunks", "plain" })
        {
            File.ReadAllBytes(Path.Combine(Aws.Lake, bucket, key)).ShouldBe(content, key);
        }

        PutObjectRequest Request(string key, bool chunked) => new() { BucketName = bucket, Key = key, InputStream = new MemoryStream(content), UseChunkEncoding = chunked };
    }

    [Fact]
    public async Task PutObject_WithWrongChecksum_FailsAndStoresNothing()
    {
        var bucket = await Aws.BucketAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Aws.Endpoint, $"{bucket}/k")) { Content = new StringContent("hello") };
        request.Content.Headers.Add("Content-MD5", Convert.ToBase64String(MD5.HashData("other"u8)));

        using var response = await http.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("<Code>BadDigest</Code>");
        Directory.EnumerateFileSystemEntries(Path.Combine(Aws.Lake, bucket)).ShouldBeEmpty();
    }

    [Fact]
    public async Task GetObject_WithRange_ReturnsThatPartOr416()
    {
        var bucket = await Aws.BucketAsync();
        await Aws.PutAsync(bucket, "k", "0123456789");

        (await RangeAsync(new ByteRange(2, 4))).ShouldBe("234");
        (await RangeAsync(new ByteRange("bytes=-3"))).ShouldBe("789");
        (await RangeAsync(new ByteRange("bytes=8-"))).ShouldBe("89");
        (await RangeAsync(new ByteRange(8, 100))).ShouldBe("89");
        var beyond = await Should.ThrowAsync<AmazonS3Exception>(() => RangeAsync(new ByteRange(10, 12)));
        beyond.ErrorCode.ShouldBe("InvalidRange");
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);

        async Task<string> RangeAsync(ByteRange range)
        {
            using var got = await Aws.S3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = "k", ByteRange = range }, Cancellation);
            return await new StreamReader(got.ResponseStream).ReadToEndAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Request_WhenKeyOrBucketIsMissing_ReturnsTheErrorOfS3()
    {
        var bucket = await Aws.BucketAsync();

        (await Should.ThrowAsync<NoSuchKeyException>(() => Aws.S3.GetObjectAsync(bucket, "none", Cancellation))).ErrorCode.ShouldBe("NoSuchKey");
        (await Should.ThrowAsync<AmazonS3Exception>(() => Aws.S3.GetObjectMetadataAsync(bucket, "none", Cancellation))).ErrorCode.ShouldBe("NotFound");
        (await Should.ThrowAsync<AmazonS3Exception>(() => Aws.S3.PutObjectAsync(new() { BucketName = "no-such-bucket", Key = "k", ContentBody = "" }, Cancellation))).ErrorCode.ShouldBe("NoSuchBucket");
        (await Aws.S3.DeleteObjectAsync(bucket, "none", Cancellation)).HttpStatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task PutObject_WithPreconditions_CreatesOnceAndReplacesOneVersion()
    {
        var bucket = await Aws.BucketAsync();
        var first = await Aws.S3.PutObjectAsync(Put("1", ifNoneMatch: "*"), Cancellation);

        (await Should.ThrowAsync<AmazonS3Exception>(() => Aws.S3.PutObjectAsync(Put("2", ifNoneMatch: "*"), Cancellation))).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var second = await Aws.S3.PutObjectAsync(Put("2", ifMatch: first.ETag), Cancellation);
        var stale = await Should.ThrowAsync<AmazonS3Exception>(() => Aws.S3.PutObjectAsync(Put("3", ifMatch: first.ETag), Cancellation));
        stale.ErrorCode.ShouldBe("PreconditionFailed");
        await Aws.S3.DeleteObjectAsync(bucket, "current.json", Cancellation);
        var gone = await Should.ThrowAsync<AmazonS3Exception>(() => Aws.S3.PutObjectAsync(Put("3", ifMatch: second.ETag), Cancellation));
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        PutObjectRequest Put(string text, string? ifNoneMatch = null, string? ifMatch = null) =>
            new() { BucketName = bucket, Key = "current.json", ContentBody = text, IfNoneMatch = ifNoneMatch, IfMatch = ifMatch };
    }

    [Fact]
    public async Task PutObject_WithIfNoneMatchFromManyWriters_SucceedsOnce()
    {
        var bucket = await Aws.BucketAsync();
        var writers = Enumerable.Range(0, 16).Select(async i =>
        {
            try
            {
                await Aws.S3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = $"{i}", IfNoneMatch = "*" }, Cancellation);
                return 1;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return 0;
            }
        });

        (await Task.WhenAll(writers)).Sum().ShouldBe(1);
    }

    [Fact]
    public async Task CopyObject_WhenCopied_KeepsContentMetadataAndETag()
    {
        var bucket = await Aws.BucketAsync();
        var put = new PutObjectRequest { BucketName = bucket, Key = "from/x y.txt", ContentBody = "hello", ContentType = "text/plain" };
        put.Metadata.Add("k", "v");
        var etag = (await Aws.S3.PutObjectAsync(put, Cancellation)).ETag;

        await Aws.S3.CopyObjectAsync(bucket, "from/x y.txt", bucket, "to/z", Cancellation);

        var copy = await Aws.S3.GetObjectMetadataAsync(bucket, "to/z", Cancellation);
        (copy.ETag, copy.Headers.ContentType, copy.Metadata["k"]).ShouldBe((etag, "text/plain", "v"));
    }

    [Fact]
    public async Task MultipartUpload_OfALargeFile_StoresItAndCleansUp()
    {
        var bucket = await Aws.BucketAsync();
        var content = RandomBytes(20 << 20);
        using var transfer = new Amazon.S3.Transfer.TransferUtility(Aws.S3, new Amazon.S3.Transfer.TransferUtilityConfig { MinSizeBeforePartUpload = 6 << 20 });

        await transfer.UploadAsync(new MemoryStream(content), bucket, "big.bin", Cancellation);

        File.ReadAllBytes(Path.Combine(Aws.Lake, bucket, "big.bin")).SequenceEqual(content).ShouldBeTrue();
        (await Aws.S3.GetObjectMetadataAsync(bucket, "big.bin", Cancellation)).ETag.ShouldMatch("^\"[0-9a-f]{32}-[0-9]+\"$");
        Directory.EnumerateFileSystemEntries(Path.Combine(Aws.Options.StateDirectory, "uploads")).ShouldBeEmpty();
    }

    [Fact]
    public async Task HeadObject_WhenFileWasWrittenOutsideS3_ReturnsETagThatChangesWithIt()
    {
        var bucket = await Aws.BucketAsync();
        var file = Path.Combine(Aws.Lake, bucket, "dropped", "x.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "{}");

        var first = await Aws.S3.GetObjectMetadataAsync(bucket, "dropped/x.json", Cancellation);
        File.WriteAllText(file, "{ }");
        var second = await Aws.S3.GetObjectMetadataAsync(bucket, "dropped/x.json", Cancellation);

        first.ContentLength.ShouldBe(2);
        second.ETag.ShouldNotBe(first.ETag);
    }

    [Fact]
    public async Task PutObject_WithKeyThatIsNoFileName_IsStoredAndListed()
    {
        var bucket = await Aws.BucketAsync();
        string[] keys = ["../escape", "a//b", "dir/", "x/../../y", "%s3%z", "x/./y"];
        foreach (var key in keys)
        {
            (await PutRawAsync(bucket, key, key)).ShouldBe(HttpStatusCode.OK, key);
        }

        var listed = await Aws.S3.ListObjectsV2Async(new() { BucketName = bucket }, Cancellation);

        listed.S3Objects.Select(o => o.Key).ShouldBe(keys.Order(StringComparer.Ordinal));
        Directory.EnumerateFileSystemEntries(Aws.Lake).Select(Path.GetFileName).ShouldNotContain("escape");
        using var got = await Aws.S3.GetObjectAsync(bucket, "a//b", Cancellation);
        (await new StreamReader(got.ResponseStream).ReadToEndAsync(Cancellation)).ShouldBe("a//b");
    }

    [Fact]
    public async Task Request_WhenPathHasASymbolicLink_IsRefused()
    {
        var bucket = await Aws.BucketAsync();
        var outside = Path.Combine(Aws.Directory, "outside");
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(outside, "secret"), "s");
        File.CreateSymbolicLink(Path.Combine(Aws.Lake, bucket, "file"), Path.Combine(outside, "secret"));
        Directory.CreateSymbolicLink(Path.Combine(Aws.Lake, bucket, "dir"), outside);

        await Should.ThrowAsync<NoSuchKeyException>(() => Aws.S3.GetObjectAsync(bucket, "file", Cancellation));
        await Should.ThrowAsync<NoSuchKeyException>(() => Aws.S3.GetObjectAsync(bucket, "dir/secret", Cancellation));
        await Should.ThrowAsync<AmazonS3Exception>(() => Aws.PutAsync(bucket, "dir/new", "x"));
        ((await Aws.S3.ListObjectsV2Async(new() { BucketName = bucket }, Cancellation)).S3Objects ?? []).ShouldBeEmpty();
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        TestSeed.NewRandom().NextBytes(bytes);
        return bytes;
    }

    private async Task<HttpStatusCode> PutRawAsync(string bucket, string key, string text)
    {
        using var http = new HttpClient();
        var uri = new Uri(Aws.Endpoint + bucket + "/" + string.Concat(Encoding.UTF8.GetBytes(key).Select(b => $"%{b:X2}")));
        using var response = await http.PutAsync(uri, new StringContent(text), Cancellation);
        return response.StatusCode;
    }
}
