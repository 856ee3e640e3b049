using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>Makes OpenLineage run events of what the workflow says of its steps.</summary>
public sealed class OpenLineageEvents(OpenLineageDatasetMapper datasets, LakeOptions options)
{
    private const string RunJob = "LakehouseWorkflow";
    private const string SchemaUrl = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

    /// <summary>One event, valid against OpenLineage 2-0-2 and the facets it names.</summary>
    public JsonObject From(RunContext run, StepEvent happened) => new()
    {
        ["eventType"] = Phase(happened.Phase),
        ["eventTime"] = OpenLineageFacets.Time(happened.At),
        ["producer"] = OpenLineageFacets.Producer,
        ["schemaURL"] = SchemaUrl,
        ["run"] = new JsonObject
        {
            ["runId"] = OpenLineageRunId.Of(run.Id, happened.Step).ToString(),
            ["facets"] = RunFacets(run, happened),
        },
        ["job"] = new JsonObject
        {
            ["namespace"] = options.JobNamespace,
            ["name"] = happened.Step.Length == 0 ? RunJob : $"{RunJob}.{happened.Step}",
            ["facets"] = new JsonObject { ["jobType"] = OpenLineageFacets.JobType(isRun: happened.Step.Length == 0) },
        },
        ["inputs"] = new JsonArray([.. happened.Inputs.Select(dataset => datasets.Input(dataset, happened.Audits))]),
        ["outputs"] = new JsonArray([.. happened.Outputs.Select(dataset => datasets.Output(dataset, run))]),
    };

    private JsonObject RunFacets(RunContext run, StepEvent happened)
    {
        var facets = new JsonObject { ["nominalTime"] = OpenLineageFacets.NominalTime(run.AsOf) };
        if (happened.Step.Length > 0)
        {
            facets["parent"] = OpenLineageFacets.Parent(OpenLineageRunId.Of(run.Id, ""), options.JobNamespace, RunJob);
        }

        if (happened.QueryId is { } queryId)
        {
            facets["externalQuery"] = OpenLineageFacets.ExternalQuery(queryId);
        }

        if (happened.FailureType is { } failure)
        {
            facets["errorMessage"] = OpenLineageFacets.ErrorMessage(failure);
        }

        return facets;
    }

    private static string Phase(StepPhase phase) => phase switch
    {
        StepPhase.Start => "START",
        StepPhase.Complete => "COMPLETE",
        StepPhase.Fail => "FAIL",
        _ => "ABORT",
    };
}

/// <summary>OpenLineage run ids of a run's steps: the same for every attempt, derived from the run's id and the step's name.</summary>
public static class OpenLineageRunId
{
    /// <summary>The id of a step, or of the run itself if the step's name is empty: a name-based UUID (RFC 9562, version 5).</summary>
    public static Guid Of(string runId, string step)
    {
        if (step.Length == 0 && Guid.TryParse(runId, out var run))
        {
            return run;
        }

        byte[] named = [.. Encoding.UTF8.GetBytes(runId), (byte)'/', .. Encoding.UTF8.GetBytes(step)];
#pragma warning disable CA5350 // Version 5 is defined with SHA-1; nothing is protected by it.
        var hash = SHA1.HashData(named).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash, bigEndian: true);
    }
}
