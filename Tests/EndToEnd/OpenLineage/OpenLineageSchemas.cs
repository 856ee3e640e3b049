using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.OpenLineage;

/// <summary>Validates OpenLineage events: the event against the core schema, and each facet against the schema that its
/// <c>_schemaURL</c> names. All schemas are files of this repository; none is fetched.</summary>
internal sealed partial class OpenLineageSchemas
{
    private const string CoreName = "OpenLineage";

    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly BuildOptions _build = new() { SchemaRegistry = new SchemaRegistry() };
    private readonly Dictionary<string, JsonSchema> _facets = [];
    private readonly JsonSchema _event;

    public OpenLineageSchemas()
    {
        var folder = Path.Combine(Repository.Root, "Tests", "EndToEnd", "OpenLineage");
        var schemas = ((string[])[Path.Combine(folder, "spec"), folder, Path.Combine(Repository.Root, "docs", "openlineage")])
            .SelectMany(place => Directory.EnumerateFiles(place, "*.json"))
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => JsonNode.Parse(File.ReadAllText(file))!);

        // Facets refer to the core schema by the version that they were written against: the one that is here stands for all.
        foreach (var version in (string[])["1-0-1", "1-0-2", "2-0-2"])
        {
            var core = schemas[CoreName].DeepClone();
            core["$id"] = $"https://openlineage.io/spec/{version}/OpenLineage.json";
            Build(core);
        }

        _event = Build(new JsonObject { ["$ref"] = "https://openlineage.io/spec/2-0-2/OpenLineage.json" });
        var additions = schemas["Additions"]["$defs"]!.AsObject();
        foreach (var (name, schema) in schemas.Where(schema => schema.Key.EndsWith("Facet", StringComparison.Ordinal)))
        {
            Build(schema);
            var parts = new JsonArray(new JsonObject { ["$ref"] = $"{schema["$id"]}#/$defs/{name}" });
            if (additions[name] is { } addition)
            {
                parts.Add(addition.DeepClone());
            }

            _facets[name] = Build(new JsonObject { ["allOf"] = parts });
        }
    }

    /// <summary>One line per error; none if the event is valid.</summary>
    public IEnumerable<string> Errors(JsonNode happened)
    {
        var where = $"{happened["eventType"]} of {happened["job"]?["name"]}";
        return Errors(_event, happened, where)
            .Concat(FacetErrors(happened["run"]?["facets"], "RunFacet", where))
            .Concat(FacetErrors(happened["job"]?["facets"], "JobFacet", where))
            .Concat(DatasetErrors(happened, "input", where))
            .Concat(DatasetErrors(happened, "output", where));
    }

    private static IEnumerable<string> Errors(JsonSchema schema, JsonNode? value, string where)
    {
        var result = schema.Evaluate(JsonSerializer.SerializeToElement(value), Options);
        return result.IsValid
            ? []
            : (result.Details ?? []).Where(detail => detail.Errors is not null)
                .SelectMany(detail => detail.Errors!.Values.Select(error => $"{where}{detail.InstanceLocation}: {error}"));
    }

    private IEnumerable<string> DatasetErrors(JsonNode happened, string kind, string where) =>
        (happened[$"{kind}s"]?.AsArray() ?? []).SelectMany(dataset =>
            FacetErrors(dataset!["facets"], "DatasetFacet", $"{where}, {kind} {dataset["name"]}")
                .Concat(FacetErrors(dataset[$"{kind}Facets"], "DatasetFacet", $"{where}, {kind} {dataset["name"]}")));

    private IEnumerable<string> FacetErrors(JsonNode? facets, string kind, string where)
    {
        foreach (var (key, facet) in facets?.AsObject() ?? [])
        {
            var url = (string?)facet!["_schemaURL"] ?? "";
            var name = SchemaName().Match(url).Groups[1].Value;
            if (!_facets.TryGetValue(name, out var schema) || !name.EndsWith(kind, StringComparison.Ordinal))
            {
                yield return $"{where}.{key}: no schema for {url}";
            }
            else if (key.Any(char.IsAsciiLetterUpper) && !name.StartsWith(key, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{where}.{key}: has the schema of {name}";
            }
            else
            {
                foreach (var error in Errors(schema, facet, $"{where}.{key}"))
                {
                    yield return error;
                }
            }
        }
    }

    private JsonSchema Build(JsonNode schema) => JsonSchema.FromText(schema.ToJsonString(), _build);

    [GeneratedRegex(@"/([A-Za-z]+)\.json(#.*)?$")]
    private static partial Regex SchemaName();
}
