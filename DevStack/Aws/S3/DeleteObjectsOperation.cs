using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;
using static Stedi.DevStack.Aws.S3.S3Xml;

namespace Stedi.DevStack.Aws.S3;

internal sealed class DeleteObjectsOperation(Lake lake, AccessPolicy policy)
{
    private const int MaxKeys = 1000;

    public async Task DeleteAsync(S3Request request)
    {
        if (!lake.HasBucket(request.Bucket))
        {
            throw new AwsException("NoSuchBucket", "The specified bucket does not exist", 404);
        }

        var document = await ReadAsync(request.Http.Request, request.Aborted);
        var keys = document.Children("Object").Select(o => o.Text("Key")).ToList();
        if (keys.Count is 0 or > MaxKeys || keys.Any(string.IsNullOrEmpty))
        {
            throw new AwsException("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
        }

        var quiet = document.Text("Quiet") == "true";
        var results = keys.Select(key => Delete(request, key!, quiet)).ToList();
        await WriteAsync(request.Response, Element("DeleteResult", results));
    }

    private System.Xml.Linq.XElement? Delete(S3Request request, string key, bool quiet)
    {
        if (!policy.MayWriteObject(request.Principal, request.Bucket, key))
        {
            return Element("Error", Element("Key", key), Element("Code", "AccessDenied"), Element("Message", WriteAccess.Refusal(policy, request, key).Message));
        }

        lake.Delete(new S3Uri(request.Bucket, key));
        return quiet ? null : Element("Deleted", Element("Key", key));
    }
}
