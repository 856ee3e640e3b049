using System.Globalization;
using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Executions;
using Stedi.DevStack.Aws.Athena.Results;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena;

/// <summary>GetQueryResults: returns pages of the result file. A token is the byte offset of the next page.</summary>
internal sealed class ResultOperations(QueryOperations queries, Lake lake, AccessPolicy policy)
{
    private const int MaxRows = 1000;

    public JsonObject Get(JsonCall call)
    {
        var max = call.Number("MaxResults", MaxRows, 1, MaxRows);
        var query = queries.Find(call.Required("QueryExecutionId"));
        RequireSucceeded(query);
        var columns = query.Document["Columns"]!.DeepClone();
        var (rows, next) = ReadRows(call, query, max);
        var result = new JsonObject
        {
            ["ResultSet"] = new JsonObject
            {
                ["Rows"] = new JsonArray([.. rows.Select(Row)]),
                ["ResultSetMetadata"] = new JsonObject { ["ColumnInfo"] = columns },
            },
            ["NextToken"] = next,
        };
        result["UpdateCount"] = (long?)query.Document["UpdateCount"] ?? 0;
        return result.WithoutNulls();
    }

    private (List<string?[]> Rows, string? NextToken) ReadRows(JsonCall call, StoredQuery query, int max)
    {
        if (!S3Uri.TryParse((string?)query.Document["ResultFile"], out var uri))
        {
            return ([], null);
        }

        // Athena reads the result with its caller's permissions.
        if (!policy.MayUseObject(call.Principal, uri.Bucket, uri.Key))
        {
            throw new AwsException("AccessDeniedException", "You are not authorized to read the results of this query.");
        }

        using var file = lake.Open(uri) ?? throw Missing("RESULT_NOT_FOUND");
        var offset = Offset(call);
        if (offset > file.Object.Size)
        {
            throw call.Invalid("NextToken is not valid.");
        }

        var (rows, next) = uri.Key.EndsWith(".txt", StringComparison.Ordinal)
            ? TextLines.Read(file.Content, offset, max)
            : CsvFile.Read(file.Content, offset, max);
        return (rows, next < 0 ? null : next.ToString(CultureInfo.InvariantCulture));
    }

    private static long Offset(JsonCall call) => call.Text("NextToken") is not { Length: > 0 } token ? 0
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : throw call.Invalid("NextToken is not valid.");

    private static JsonObject Row(string?[] values) => new()
    {
        ["Data"] = new JsonArray([.. values.Select(v => v is null ? new JsonObject() : new JsonObject { ["VarCharValue"] = v })]),
    };

    private static void RequireSucceeded(StoredQuery query)
    {
        switch (query.State)
        {
            case "SUCCEEDED":
                return;
            case "CANCELLED":
                throw Missing("RESULT_NOT_FOUND");
            case "FAILED":
                throw Error("Query did not finish successfully. Final query state: FAILED", "INVALID_QUERY_EXECUTION_STATE");
            default:
                throw Error($"Query has not yet finished. Current state: {query.State}", "INVALID_QUERY_EXECUTION_STATE");
        }
    }

    private static AwsException Missing(string code) => Error("Could not find results", code);

    private static AwsException Error(string message, string code) =>
        new("InvalidRequestException", message) { Members = new Dictionary<string, string> { ["AthenaErrorCode"] = code } };
}
