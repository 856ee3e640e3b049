using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Translates function calls by <see cref="FunctionList"/>. Other names fail as unknown functions do in Athena.</summary>
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
        // Aggregates over a window are only supported if at most their name differs.
        if (name == "count_if")
        {
            FunctionRewrites.CountOnlyTrue(call);
            return call;
        }

        if (FunctionList.WindowAggregates.TryGetValue(name, out var renamed))
        {
            call["function_name"] = renamed;
            return call;
        }
        throw QueryFailedException.FunctionNotFound(scope.At(call.Location()), name);
    }
}

/// <summary>How to translate calls of one function.</summary>
/// <param name="Min">The minimum number of arguments; <paramref name="Max"/> is the maximum.</param>
/// <param name="Rewrite">Returns the replacement of a call whose arguments have been translated.</param>
internal sealed record FunctionRule(int Min, int Max, Func<JsonObject, QueryScope, JsonNode> Rewrite);
