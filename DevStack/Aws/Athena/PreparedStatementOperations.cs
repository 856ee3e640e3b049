using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Executions;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Athena;

internal sealed class PreparedStatementOperations(PreparedStatements statements)
{
    public JsonObject Create(JsonCall call)
    {
        var (group, name) = (call.Required("WorkGroup"), call.Name("StatementName"));
        if (statements.Find(group, name) is not null)
        {
            throw call.Invalid($"Prepared statement {name} already exists in workgroup {group}.");
        }

        statements.Save(group, name, call.Required("QueryStatement"), call.Text("Description"));
        return [];
    }

    public JsonObject Update(JsonCall call)
    {
        var (group, name) = (call.Required("WorkGroup"), call.Name("StatementName"));
        if (statements.Find(group, name) is null)
        {
            throw NotFound(group, name);
        }

        statements.Save(group, name, call.Required("QueryStatement"), call.Text("Description"));
        return [];
    }

    public JsonObject Get(JsonCall call)
    {
        var (group, name) = (call.Required("WorkGroup"), call.Name("StatementName"));
        return new() { ["PreparedStatement"] = statements.Find(group, name) ?? throw NotFound(group, name) };
    }

    public JsonObject List(JsonCall call)
    {
        var (items, next) = Pagination.Of(statements.All(call.Required("WorkGroup")), call, call.Number("MaxResults", 50, 1, 50));
        var summaries = items.Select(s => new JsonObject { ["StatementName"] = s["StatementName"]!.DeepClone(), ["LastModifiedTime"] = s["LastModifiedTime"]!.DeepClone() });
        return new JsonObject { ["PreparedStatements"] = new JsonArray([.. summaries]), ["NextToken"] = next }.WithoutNulls();
    }

    public JsonObject Delete(JsonCall call)
    {
        var (group, name) = (call.Required("WorkGroup"), call.Name("StatementName"));
        return statements.Delete(group, name) ? [] : throw NotFound(group, name);
    }

    private static AwsException NotFound(string group, string name) => new("ResourceNotFoundException", $"PreparedStatement {name} was not found in workGroup {group}");
}
