using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Looks a call up in the list of what is known; a name that is not on it is refused as Athena refuses an unknown function.</summary>
internal sealed class FunctionRules(QueryScope scope)
{
    public JsonNode Translate(JsonObject call)
    {
        var name = call.Text("function_name").ToLowerInvariant();
        var count = call["children"]!.AsArray().Count;
        if (!FunctionList.Rules.TryGetValue(name, out var rule))
        {
            throw QueryFailedException.FunctionNotFound(scope.At(call.Location()), name);
        }

        if (count < rule.Min || count > rule.Max)
        {
            throw new QueryFailedException($"FUNCTION_NOT_FOUND: {scope.At(call.Location())}Unexpected parameters for function {name}: {count} arguments", AthenaErrorType.Unsupported);
        }

        call["schema"] = "";
        return rule.Rewrite(call, scope);
    }

    public JsonObject TranslateWindow(JsonObject call)
    {
        var name = call.Text("function_name").ToLowerInvariant();
        if (FunctionList.WindowOnly.Contains(name))
        {
            return call;
        }
        // An aggregate over a window: only those whose name is the whole difference.
        if (FunctionList.WindowAggregates.TryGetValue(name, out var renamed))
        {
            call["function_name"] = renamed;
            return call;
        }
        throw QueryFailedException.FunctionNotFound(scope.At(call.Location()), name);
    }
}

/// <summary>How one function of Athena is said in DuckDB.</summary>
/// <param name="Min">The fewest arguments it takes, and <paramref name="Max"/> the most.</param>
/// <param name="Rewrite">Takes the call, its arguments already translated, and gives what stands in its place.</param>
internal sealed record FunctionRule(int Min, int Max, Func<JsonObject, QueryScope, JsonNode> Rewrite);
