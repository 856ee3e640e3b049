using System.Text.Json.Nodes;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>Maps datasets to OpenLineage inputs and outputs with their schema, statistics and column lineage.</summary>
public sealed class OpenLineageDatasetMapper(DatasetNames names)
{
    /// <summary>Returns a dataset as a step's input, with the results of its audits.</summary>
    public JsonObject Input(Dataset dataset, IReadOnlyList<AuditResult> audits)
    {
        var mapped = Named(dataset);
        mapped["facets"] = Facets(dataset);
        var inputFacets = new JsonObject { ["inputStatistics"] = OpenLineageFacets.InputStatistics(dataset) };
        if (audits.Count > 0)
        {
            inputFacets["dataQualityAssertions"] = OpenLineageFacets.Facet("1-1-0", "DataQualityAssertionsDatasetFacet", new()
            {
                ["assertions"] = new JsonArray([.. audits.Select(audit => new JsonObject
                {
                    ["assertion"] = audit.Name,
                    ["success"] = audit.Passed,
                    ["severity"] = "error",
                })]),
            });
        }

        mapped["inputFacets"] = inputFacets;
        return mapped;
    }

    /// <summary>Returns a dataset as a step's output.</summary>
    public JsonObject Output(Dataset dataset, RunContext run)
    {
        var mapped = Named(dataset);
        var facets = Facets(dataset);
        facets["version"] = OpenLineageFacets.Version(run.Id);
        if (ColumnLineage(dataset) is { } lineage)
        {
            facets["columnLineage"] = lineage;
        }

        if (dataset.Lines is { } lines)
        {
            facets["stedi_lines"] = OpenLineageFacets.Lines(lines);
        }

        if (dataset.Kind == DatasetKind.Table)
        {
            facets["lifecycleStateChange"] = OpenLineageFacets.Overwritten();
            facets["stedi_consent"] = OpenLineageFacets.Consent(run.Policy);
        }

        mapped["facets"] = facets;
        // OpenLineage's output statistics require a row count.
        mapped["outputFacets"] = dataset.Rows is null ? [] : new JsonObject { ["outputStatistics"] = OpenLineageFacets.OutputStatistics(dataset) };
        return mapped;
    }

    private JsonObject Named(Dataset dataset)
    {
        var (datasetNamespace, name) = names.Of(dataset);
        return new() { ["namespace"] = datasetNamespace, ["name"] = name };
    }

    private JsonObject Facets(Dataset dataset)
    {
        var facets = new JsonObject();
        if (ColumnsOf(dataset) is not { } columns)
        {
            return facets;
        }

        facets["schema"] = OpenLineageFacets.Schema(columns);
        if (dataset.Kind != DatasetKind.LandingFiles)
        {
            facets["symlinks"] = OpenLineageFacets.Symlinks(names.Symlinks(dataset));
        }

        if (columns.Where(column => LakeContract.Identifying.Contains(column.Name)).Select(column => column.Name).ToList() is { Count: > 0 } identifying)
        {
            facets["tags"] = OpenLineageFacets.IdentifyingTags(identifying);
        }

        return facets;
    }

    private JsonObject? ColumnLineage(Dataset dataset)
    {
        if (dataset.Kind == DatasetKind.LandingTable)
        {
            // The columns of a crawled table are the keys in its files.
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

        return OpenLineageFacets.Facet("1-2-0", "ColumnLineageDatasetFacet", facet);

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
        DatasetKind.Staged => LakeContract.Source(dataset.Name).StagedColumns,
        DatasetKind.Table => LakeContract.Table(dataset.Name).Columns,
        _ => null,
    };
}
