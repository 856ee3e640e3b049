using System.Text.Json.Nodes;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>Says in OpenLineage's words what a step read and wrote: names, schema, statistics, and where each column comes from.</summary>
public sealed class OpenLineageDatasetMapper(DatasetNames names)
{
    /// <summary>A dataset as a step's input, with what audits found of it.</summary>
    public JsonObject Input(Dataset dataset, IReadOnlyList<AuditResult> audits)
    {
        var described = Named(dataset);
        described["facets"] = Facets(dataset);
        var inputFacets = new JsonObject { ["inputStatistics"] = Lineage.OpenLineageFacets.InputStatistics(dataset) };
        if (audits.Count > 0)
        {
            inputFacets["dataQualityAssertions"] = Lineage.OpenLineageFacets.Facet("1-1-0", "DataQualityAssertionsDatasetFacet", new()
            {
                ["assertions"] = new JsonArray([.. audits.Select(audit => new JsonObject
                {
                    ["assertion"] = audit.Name,
                    ["success"] = audit.Passed,
                    ["severity"] = "error",
                })]),
            });
        }

        described["inputFacets"] = inputFacets;
        return described;
    }

    /// <summary>A dataset as a step's output.</summary>
    public JsonObject Output(Dataset dataset, RunContext run)
    {
        var described = Named(dataset);
        var facets = Facets(dataset);
        facets["version"] = Lineage.OpenLineageFacets.Version(run.Id);
        if (ColumnLineage(dataset) is { } lineage)
        {
            facets["columnLineage"] = lineage;
        }

        if (dataset.Kind == DatasetKind.Table)
        {
            facets["lifecycleStateChange"] = Lineage.OpenLineageFacets.Overwritten();
            facets["stedi_consent"] = Lineage.OpenLineageFacets.Consent(run.Policy);
        }

        described["facets"] = facets;
        // OpenLineage has no output statistics without a count of rows.
        described["outputFacets"] = dataset.Rows is null ? [] : new JsonObject { ["outputStatistics"] = Lineage.OpenLineageFacets.OutputStatistics(dataset) };
        return described;
    }

    private JsonObject Named(Dataset dataset)
    {
        var (space, name) = names.Of(dataset);
        return new() { ["namespace"] = space, ["name"] = name };
    }

    private JsonObject Facets(Dataset dataset)
    {
        var facets = new JsonObject();
        if (ColumnsOf(dataset) is not { } columns)
        {
            return facets;
        }

        facets["schema"] = Lineage.OpenLineageFacets.Schema(columns);
        if (dataset.Kind != DatasetKind.LandingFiles)
        {
            facets["symlinks"] = Lineage.OpenLineageFacets.Symlinks(names.Symlinks(dataset));
        }

        if (columns.Where(column => LakeContract.Identifying.Contains(column.Name)).Select(column => column.Name).ToList() is { Count: > 0 } identifying)
        {
            facets["tags"] = Lineage.OpenLineageFacets.IdentifyingTags(identifying);
        }

        return facets;
    }

    private JsonObject? ColumnLineage(Dataset dataset)
    {
        if (dataset.Kind == DatasetKind.LandingTable)
        {
            // The crawled table's columns are the files' keys.
            var files = (Namespace: names.FileNamespace, names.Of(dataset with { Kind = DatasetKind.LandingFiles }).Name);
            return ColumnLineage(
                LakeContract.Source(dataset.Name).Columns.ToDictionary(column => column.Name, IReadOnlyList<ColumnSource> (column) => [new("", column.Name, "IDENTITY")]),
                [],
                _ => files);
        }

        var lineage = dataset.Kind switch
        {
            DatasetKind.Staged => TableLineage.OfStaged(LakeContract.Source(dataset.Name)),
            DatasetKind.Table => TableLineage.Of(dataset.Name),
            _ => null,
        };
        return lineage is null ? null : ColumnLineage(lineage.Columns, lineage.Rows, names.Of);
    }

    private static JsonObject ColumnLineage(
        IReadOnlyDictionary<string, IReadOnlyList<ColumnSource>> columns, IReadOnlyList<ColumnSource> rows, Func<string, (string Namespace, string Name)> name)
    {
        var facet = new JsonObject
        {
            ["fields"] = new JsonObject([.. columns.Select(column => KeyValuePair.Create(
                column.Key, (JsonNode?)new JsonObject { ["inputFields"] = new JsonArray([.. column.Value.Select(Field)]) }))]),
        };
        if (rows.Count > 0)
        {
            facet["dataset"] = new JsonArray([.. rows.Select(Field)]);
        }

        return Lineage.OpenLineageFacets.Facet("1-2-0", "ColumnLineageDatasetFacet", facet);

        JsonObject Field(ColumnSource source) => new()
        {
            ["namespace"] = name(source.Table).Namespace,
            ["name"] = name(source.Table).Name,
            ["field"] = source.Column,
            ["transformations"] = new JsonArray(new JsonObject
            {
                ["type"] = source.IsIndirect ? "INDIRECT" : "DIRECT",
                ["subtype"] = source.Subtype,
                ["description"] = source.Description,
                ["masking"] = source.Masking,
            }),
        };
    }

    private static IReadOnlyList<LakeColumn>? ColumnsOf(Dataset dataset) => dataset.Kind switch
    {
        DatasetKind.LandingFiles or DatasetKind.LandingTable => LakeContract.Source(dataset.Name).Columns,
        DatasetKind.Staged => [.. LakeContract.Source(dataset.Name).Columns, .. LakeContract.StagingColumns],
        DatasetKind.Table => LakeContract.Table(dataset.Name).Columns,
        _ => null,
    };
}
