using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Glue;

/// <summary>Runs a batch operation, which succeeds as a whole and reports an error for each item that failed.</summary>
internal static class BatchErrors
{
    public static JsonObject Collect<T>(IReadOnlyList<T> items, Action<T> act, Func<T, (string Member, JsonNode? Value)> identify, string member = "Errors")
    {
        var errors = new JsonArray();
        foreach (var item in items)
        {
            try
            {
                act(item);
            }
            catch (AwsException e)
            {
                var (name, value) = identify(item);
                errors.Add(new JsonObject { [name] = value, ["ErrorDetail"] = new JsonObject { ["ErrorCode"] = e.Code, ["ErrorMessage"] = e.Message } });
            }
        }
        return errors.Count == 0 ? [] : new JsonObject { [member] = errors };
    }
}
