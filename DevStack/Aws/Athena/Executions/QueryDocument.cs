using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Creates and updates a query's JSON document. Methods that end the query return its final state.</summary>
internal static class QueryDocument
{
    public static JsonObject Start(QueryRequest request, Statement? statement, JsonObject? context, DateTimeOffset now)
    {
        var extension = statement switch
        {
            Statement.Select or Statement.Execute or null => ".csv",
            Statement.Unload or Statement.CreateTableAs or Statement.Insert => "",
            _ => ".txt",
        };
        var execution = new JsonObject
        {
            ["QueryExecutionId"] = request.Id,
            ["Query"] = request.Sql,
            ["StatementType"] = statement?.Type ?? "DML",
            ["SubstatementType"] = statement?.SubType,
            ["ResultConfiguration"] = new JsonObject { ["OutputLocation"] = request.ResultFile(extension).ToString() },
            ["ResultReuseConfiguration"] = new JsonObject { ["ResultReuseByAgeConfiguration"] = new JsonObject { ["Enabled"] = false } },
            ["QueryExecutionContext"] = context?.DeepClone() ?? new JsonObject(),
            ["Status"] = new JsonObject { ["State"] = "QUEUED", ["SubmissionDateTime"] = EpochSeconds.From(now) },
            ["Statistics"] = new JsonObject { ["TotalExecutionTimeInMillis"] = 0, ["DataScannedInBytes"] = 0 },
            ["WorkGroup"] = request.WorkGroup,
            ["EngineVersion"] = new JsonObject { ["SelectedEngineVersion"] = "AUTO", ["EffectiveEngineVersion"] = "Athena engine version 3" },
        };
        if (request.Parameters.Count > 0)
        {
            execution["ExecutionParameters"] = new JsonArray([.. request.Parameters.Select(p => (JsonNode)p)]);
        }

        return new JsonObject { ["Execution"] = execution.WithoutNulls(), ["Output"] = request.Output.ToString() };
    }

    public static string Succeed(JsonObject document, QueryOutcome outcome, QueryClock clock)
    {
        document["Columns"] = new JsonArray([.. outcome.Columns.Select(c => c.ToInfo())]);
        document["ResultFile"] = outcome.ResultFile?.ToString();
        document["UpdateCount"] = outcome.UpdateCount;
        return End(document, "SUCCEEDED", null, outcome, clock);
    }

    public static string Fail(JsonObject document, QueryFailedException failure, QueryClock clock)
    {
        var status = document["Execution"]!["Status"]!.AsObject();
        status["AthenaError"] = new JsonObject
        {
            ["ErrorCategory"] = failure.Category,
            ["ErrorType"] = failure.ErrorType,
            ["Retryable"] = failure.IsRetryable,
            ["ErrorMessage"] = failure.Message,
        };
        return End(document, "FAILED", failure.Message, null, clock);
    }

    public static string Cancel(JsonObject document, DateTimeOffset now)
    {
        var status = document["Execution"]!["Status"]!.AsObject();
        status["State"] = "CANCELLED";
        status["StateChangeReason"] = "Query cancelled by user";
        status["CompletionDateTime"] = EpochSeconds.From(now);
        return "CANCELLED";
    }

    private static string End(JsonObject document, string state, string? reason, QueryOutcome? outcome, QueryClock clock)
    {
        var execution = document["Execution"]!;
        var status = execution["Status"]!.AsObject();
        status["State"] = state;
        status["CompletionDateTime"] = EpochSeconds.From(clock.Now);
        if (reason is not null)
        {
            status["StateChangeReason"] = reason;
        }

        var (queued, engine) = (clock.QueueMilliseconds, clock.EngineMilliseconds);
        execution["Statistics"] = new JsonObject
        {
            ["EngineExecutionTimeInMillis"] = engine,
            ["DataScannedInBytes"] = outcome?.BytesScanned ?? 0,
            ["DataManifestLocation"] = outcome?.Manifest?.ToString(),
            ["TotalExecutionTimeInMillis"] = queued + engine,
            ["QueryQueueTimeInMillis"] = queued,
            ["QueryPlanningTimeInMillis"] = 0,
            ["ServiceProcessingTimeInMillis"] = 0,
            ["ResultReuseInformation"] = new JsonObject { ["ReusedPreviousResult"] = false },
        }.WithoutNulls();
        return state;
    }
}
