using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>How one function of Athena is said in DuckDB.</summary>
/// <param name="Min">The fewest arguments it takes, and <paramref name="Max"/> the most.</param>
/// <param name="Rewrite">Takes the call, its arguments already translated, and gives what stands in its place.</param>
internal sealed record FunctionRule(int Min, int Max, Func<JsonObject, QueryScope, JsonNode> Rewrite);
