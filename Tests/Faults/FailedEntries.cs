using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Stedi.Temporal.Tests.Faults;

/// <summary>The answer to a batch call all of whose entries failed: a success, to who does not read on.</summary>
internal static class FailedEntries
{
    private const string Code = "InternalServiceException";

    public static ProxiedAnswer Of(ProxiedCall call) => call.Operation.ToString() switch
    {
        "athena:BatchGetQueryExecution" => Json("UnprocessedQueryExecutionIds", Request(call)["QueryExecutionIds"]!, id => new()
        {
            ["QueryExecutionId"] = id.DeepClone(),
            ["ErrorCode"] = Code,
            ["ErrorMessage"] = "The test asked for this.",
        }),
        "s3:DeleteObjects" => ErrorAnswer.Of(200, "application/xml", DeleteResult(call)),
        _ => throw new NotSupportedException($"{call.Operation} is no batch call."),
    };

    private static JsonNode Request(ProxiedCall call) => JsonNode.Parse(call.Body)!;

    private static ProxiedAnswer Json(string list, JsonNode entries, Func<JsonNode, JsonObject> fail) =>
        ErrorAnswer.Of(200, "application/x-amz-json-1.1", new JsonObject { [list] = new JsonArray([.. entries.AsArray().Select(entry => fail(entry!))]) }.ToJsonString());

    private static string DeleteResult(ProxiedCall call)
    {
        // The body may come in signed chunks: the document is between the first and the last angle bracket.
        var text = Encoding.UTF8.GetString(call.Body);
        var document = XElement.Parse(text[text.IndexOf('<', StringComparison.Ordinal)..(text.LastIndexOf('>') + 1)]);
        var keys = document.Descendants().Where(element => element.Name.LocalName == "Key").Select(element => element.Value);
        XNamespace s3 = "http://s3.amazonaws.com/doc/2006-03-01/";
        return new XElement(s3 + "DeleteResult", keys.Select(key =>
            new XElement(s3 + "Error", new XElement(s3 + "Key", key), new XElement(s3 + "Code", "InternalError"), new XElement(s3 + "Message", "The test asked for this.")))).ToString();
    }
}
