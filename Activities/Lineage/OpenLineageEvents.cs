using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>Maps step events to OpenLineage run events.</summary>
public sealed class OpenLineageEvents(OpenLineageDatasetMapper datasets, LakeOptions options)
{
    private const string RunJob = "LakehouseWorkflow";
    private const string SchemaUrl = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

    /// <summary>Returns an event that is valid against the schemas of OpenLineage 2-0-2 and of its facets.</summary>
    public JsonObject From(RunContext run, StepEvent stepEvent) => new()
    {
        ["eventType"] = Phase(stepEvent.Phase),
        ["eventTime"] = OpenLineageFacets.Time(stepEvent.At),
        ["producer"] = OpenLineageFacets.Producer,
        ["schemaURL"] = SchemaUrl,
        ["run"] = new JsonObject
        {
            ["runId"] = OpenLineageRunId.Of(run.Id, stepEvent.Step).ToString(),
            ["facets"] = RunFacets(run, stepEvent),
        },
        ["job"] = new JsonObject
        {
            ["namespace"] = options.JobNamespace,
            ["name"] = stepEvent.Step.Length == 0 ? RunJob : $"{RunJob}.{stepEvent.Step}",
            ["facets"] = new JsonObject { ["jobType"] = OpenLineageFacets.JobType(isRun: stepEvent.Step.Length == 0) },
        },
        ["inputs"] = new JsonArray([.. stepEvent.Inputs.Select(dataset => datasets.Input(dataset, stepEvent.Audits))]),
        ["outputs"] = new JsonArray([.. stepEvent.Outputs.Select(dataset => datasets.Output(dataset, run))]),
    };

    private JsonObject RunFacets(RunContext run, StepEvent stepEvent)
    {
        var facets = new JsonObject { ["nominalTime"] = OpenLineageFacets.NominalTime(run.AsOf) };
        if (stepEvent.Step.Length > 0)
        {
            facets["parent"] = OpenLineageFacets.Parent(OpenLineageRunId.Of(run.Id, ""), options.JobNamespace, RunJob);
        }

        if (stepEvent.QueryId is { } queryId)
        {
            facets["externalQuery"] = OpenLineageFacets.ExternalQuery(queryId);
        }

        if (stepEvent.LeftOut.Count > 0)
        {
            facets["stedi_left_out"] = OpenLineageFacets.LeftOut(stepEvent.LeftOut);
        }

        if (stepEvent.FailureType is { } failure)
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

/// <summary>The OpenLineage run ids of steps, derived from the run's id and the step's name, so that all attempts have the same.</summary>
public static class OpenLineageRunId
{
    /// <summary>Returns the id of a step, or of the run itself if the step's name is empty: a name-based UUID (RFC 9562, version 5).</summary>
    public static Guid Of(string runId, string step)
    {
        if (step.Length == 0 && Guid.TryParse(runId, out var run))
        {
            return run;
        }

        byte[] name = [.. Encoding.UTF8.GetBytes(runId), (byte)'/', .. Encoding.UTF8.GetBytes(step)];
#pragma warning disable CA5350 // Version 5 requires SHA-1. It is not used for security.
        var hash = SHA1.HashData(name).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash, bigEndian: true);
    }
}
