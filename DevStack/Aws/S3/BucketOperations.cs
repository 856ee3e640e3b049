using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;
using static Stedi.DevStack.Aws.S3.S3Xml;

namespace Stedi.DevStack.Aws.S3;

internal sealed class BucketOperations(Lake lake)
{
    public Task ListAsync(S3Request request) =>
        WriteAsync(request.Response, Element("ListAllMyBucketsResult", Owner(),
            Element("Buckets", lake.Buckets().Select(b => Element("Bucket", Element("Name", b.Name), Element("CreationDate", Time(b.Created)))))));

    public Task CreateAsync(S3Request request)
    {
        if (!BucketName.IsValid(request.Bucket))
        {
            throw new AwsException("InvalidBucketName", "The specified bucket is not valid.");
        }
        // As in us-east-1, creating a bucket that one owns already succeeds.
        lake.CreateBucket(request.Bucket);
        request.Response.Headers.Location = "/" + request.Bucket;
        return Task.CompletedTask;
    }

    public Task HeadAsync(S3Request request)
    {
        Require(request.Bucket);
        request.Response.Headers["x-amz-bucket-region"] = "us-east-1";
        return Task.CompletedTask;
    }

    public Task DeleteAsync(S3Request request)
    {
        lake.DeleteBucket(request.Bucket);
        request.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    public Task LocationAsync(S3Request request)
    {
        Require(request.Bucket);
        return WriteAsync(request.Response, Element("LocationConstraint"));
    }

    public Task VersioningAsync(S3Request request)
    {
        Require(request.Bucket);
        return WriteAsync(request.Response, Element("VersioningConfiguration"));
    }

    /// <summary>GetBucketAcl, GetObjectAcl and PutObjectAcl. Everything has the same owner; setting an ACL changes nothing.</summary>
    public Task AclAsync(S3Request request)
    {
        Require(request.Bucket);
        if (request.Key.Length > 0 && lake.Find(request.Uri) is null)
        {
            throw new AwsException("NoSuchKey", "The specified key does not exist.", 404);
        }

        if (request.Method == "PUT")
        {
            return Task.CompletedTask;
        }

        System.Xml.Linq.XNamespace instance = "http://www.w3.org/2001/XMLSchema-instance";
        var grantee = Element("Grantee", new System.Xml.Linq.XAttribute(instance + "type", "CanonicalUser"), Element("ID", "stedi"), Element("DisplayName", "stedi"));
        return WriteAsync(request.Response, Element("AccessControlPolicy", Owner(),
            Element("AccessControlList", Element("Grant", grantee, Element("Permission", "FULL_CONTROL")))));
    }

    private void Require(string bucket)
    {
        if (!lake.HasBucket(bucket))
        {
            throw new AwsException("NoSuchBucket", "The specified bucket does not exist", 404);
        }
    }

    private static System.Xml.Linq.XElement Owner() => Element("Owner", Element("ID", "stedi"), Element("DisplayName", "stedi"));
}
