using System.Text.Json.Nodes;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>Creates OpenLineage's standard facets, in the versions of its release 1.52, and this project's own facet.</summary>
internal static class OpenLineageFacets
{
    public const string Producer = "https://github.com/stedi/stedi-temporal";
    private const string Spec = "https://openlineage.io/spec/facets";

    public static JsonObject Facet(string version, string name, JsonObject content)
    {
        content["_producer"] = Producer;
        content["_schemaURL"] = $"{Spec}/{version}/{name}.json";
        return content;
    }

    public static JsonObject Parent(Guid run, string jobNamespace, string jobName)
    {
        return Facet("1-2-0", "ParentRunFacet", new()
        {
            ["run"] = Run(),
            ["job"] = Job(),
            ["root"] = new JsonObject { ["run"] = Run(), ["job"] = Job() },
        });

        JsonObject Run() => new() { ["runId"] = run.ToString() };
        JsonObject Job() => new() { ["namespace"] = jobNamespace, ["name"] = jobName };
    }

    public static JsonObject NominalTime(DateTimeOffset start) =>
        Facet("1-0-1", "NominalTimeRunFacet", new() { ["nominalStartTime"] = Time(start) });

    public static JsonObject ExternalQuery(string queryId) =>
        Facet("1-0-2", "ExternalQueryRunFacet", new() { ["externalQueryId"] = queryId, ["source"] = "athena" });

    public static JsonObject ErrorMessage(string failureType) =>
        Facet("1-0-1", "ErrorMessageRunFacet", new() { ["message"] = failureType, ["programmingLanguage"] = "C#" });

    public static JsonObject JobType(bool isRun) => Facet("2-0-4", "JobTypeJobFacet", new()
    {
        ["processingType"] = "BATCH",
        ["integration"] = "TEMPORAL",
        ["jobType"] = isRun ? "WORKFLOW" : "TASK",
    });

    public static JsonObject Schema(IEnumerable<LakeColumn> columns) => Facet("1-2-0", "SchemaDatasetFacet", new()
    {
        ["fields"] = new JsonArray([.. columns.Select((column, index) => new JsonObject
        {
            ["name"] = column.Name,
            ["type"] = column.Type,
            ["ordinal_position"] = index + 1,
        })]),
    });

    public static JsonObject Symlinks(JsonArray identifiers) => Facet("1-0-1", "SymlinksDatasetFacet", new() { ["identifiers"] = identifiers });

    public static JsonObject Version(string version) => Facet("1-0-1", "DatasetVersionDatasetFacet", new() { ["datasetVersion"] = version });

    public static JsonObject Overwritten() => Facet("1-0-1", "LifecycleStateChangeDatasetFacet", new() { ["lifecycleStateChange"] = "OVERWRITE" });

    public static JsonObject IdentifyingTags(IEnumerable<string> columns) => Facet("1-0-0", "TagsDatasetFacet", new()
    {
        ["tags"] = new JsonArray([.. columns.Select(column => new JsonObject
        {
            ["key"] = "pii",
            ["value"] = "true",
            ["source"] = "USER",
            ["field"] = column,
        })]),
    });

    public static JsonObject InputStatistics(Dataset dataset) =>
        Facet("1-0-0", "InputStatisticsInputDatasetFacet", Statistics(dataset));

    public static JsonObject OutputStatistics(Dataset dataset) =>
        Facet("1-0-2", "OutputStatisticsOutputDatasetFacet", Statistics(dataset));

    public static JsonObject Consent(ConsentPolicy policy) => new()
    {
        ["_producer"] = Producer,
        ["_schemaURL"] = $"{Producer}/blob/main/docs/openlineage/StediConsentDatasetFacet.json",
        ["purpose"] = "research",
        ["policy"] = policy.ToString(),
    };

    public static JsonObject Lines(LineCounts lines) => new()
    {
        ["_producer"] = Producer,
        ["_schemaURL"] = $"{Producer}/blob/main/docs/openlineage/StediLinesDatasetFacet.json",
        ["accepted"] = lines.Accepted,
        ["rejected"] = lines.Rejected,
        ["blank"] = lines.Blank,
        ["cleared"] = lines.Cleared,
        ["droppedValues"] = lines.DroppedValues,
        ["damagedTexts"] = lines.DamagedTexts,
    };

    public static JsonObject LeftOut(IEnumerable<LeftOutRows> leftOut) => new()
    {
        ["_producer"] = Producer,
        ["_schemaURL"] = $"{Producer}/blob/main/docs/openlineage/StediLeftOutRunFacet.json",
        ["rows"] = new JsonArray([.. leftOut.Select(left => new JsonObject { ["table"] = left.Table, ["reason"] = left.Reason, ["rows"] = left.Rows })]),
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject Statistics(Dataset dataset)
    {
        var statistics = new JsonObject();
        if (dataset.Rows is { } rows)
        {
            statistics["rowCount"] = rows;
        }

        if (dataset.Bytes is { } bytes)
        {
            statistics["size"] = bytes;
        }

        if (dataset.Files is { } files)
        {
            statistics["fileCount"] = files;
        }

        return statistics;
    }
}
