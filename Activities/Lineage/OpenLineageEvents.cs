using System.Text.Json.Nodes;
using Stedi.Temporal.Workflows.Lake;
using Stedi.Temporal.Workflows.Lineage;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>Makes OpenLineage run events of what the workflow says of its steps.</summary>
public sealed class OpenLineageEvents(DatasetDescriber datasets, LakeOptions options)
{
    const string RunJob = "LakehouseWorkflow";
    const string SchemaUrl = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

    /// <summary>One event, valid against OpenLineage 2-0-2 and the facets it names.</summary>
    public JsonObject From(LakeRun run, StepEvent happened) => new()
    {
        ["eventType"] = Phase(happened.Phase),
        ["eventTime"] = Facets.Time(happened.At),
        ["producer"] = Facets.Producer,
        ["schemaURL"] = SchemaUrl,
        ["run"] = new JsonObject
        {
            ["runId"] = StepIds.Of(run.Id, happened.Step).ToString(),
            ["facets"] = RunFacets(run, happened),
        },
        ["job"] = new JsonObject
        {
            ["namespace"] = options.JobNamespace,
            ["name"] = happened.Step.Length == 0 ? RunJob : $"{RunJob}.{happened.Step}",
            ["facets"] = new JsonObject { ["jobType"] = Facets.JobType(isRun: happened.Step.Length == 0) },
        },
        ["inputs"] = new JsonArray([.. happened.Inputs.Select(dataset => datasets.Input(dataset, happened.Audits))]),
        ["outputs"] = new JsonArray([.. happened.Outputs.Select(dataset => datasets.Output(dataset, run))]),
    };

    JsonObject RunFacets(LakeRun run, StepEvent happened)
    {
        var facets = new JsonObject { ["nominalTime"] = Facets.NominalTime(run.AsOf) };
        if (happened.Step.Length > 0)
        {
            facets["parent"] = Facets.Parent(StepIds.Of(run.Id, ""), options.JobNamespace, RunJob);
        }

        if (happened.QueryId is { } queryId)
        {
            facets["externalQuery"] = Facets.ExternalQuery(queryId);
        }

        if (happened.FailureType is { } failure)
        {
            facets["errorMessage"] = Facets.ErrorMessage(failure);
        }

        return facets;
    }

    static string Phase(StepPhase phase) => phase switch
    {
        StepPhase.Start => "START",
        StepPhase.Complete => "COMPLETE",
        StepPhase.Fail => "FAIL",
        _ => "ABORT",
    };
}
