using System.Globalization;
using Amazon.Athena;
using Amazon.Glue;
using Stedi.Temporal.Activities;
using Stedi.Temporal.Worker.Output;

namespace Stedi.Temporal.Worker.Diagnosis;

/// <summary>What a run does with Athena, tried with a query that reads nothing, and with one that counts the pseudonym's keys.</summary>
sealed class QueryChecks(IAmazonAthena athena, IAmazonGlue glue, LakeOptions lake, TimeProvider time)
{
    string? query;

    /// <summary>The checks, in the order in which a run would miss what they look for.</summary>
    public IReadOnlyList<Check> All => [
        new($"Work group {lake.WorkGroup}", $"Set lake.workGroup to one that exists (deploy/lakehouse.yaml makes stedi), or grant athena:GetWorkGroup on workgroup/{lake.WorkGroup}.", WorkGroupAsync),
        new("athena:StartQueryExecution", Grant("athena:StartQueryExecution"), async token =>
        {
            query = await StartAsync("select 1", token);
            return "a query was taken";
        }),
        new("athena:GetQueryExecution", Grant("athena:GetQueryExecution"), async token =>
        {
            await EndAsync(Query(), token);
            return "it ended well";
        }),
        new("athena:GetQueryResults", Grant("athena:GetQueryResults"), async token => $"it came to {(await ResultAsync(Query(), token))[0]}"),
        new("athena:StopQueryExecution", Grant("athena:StopQueryExecution"), async token =>
        {
            await athena.StopQueryExecutionAsync(new() { QueryExecutionId = Query() }, token);
            return "queries can be stopped";
        }),
        new("Pseudonym key", $"Make the key as docs/aws.md says, and let this identity read {lake.PrivateDatabase}.{lake.PseudonymKeyTable} and its files. On a laptop the stack makes it.", KeyAsync),
    ];

    string Query() => query ?? throw new CheckFailedException("not tried, because no query was taken");

    async Task<string> WorkGroupAsync(CancellationToken cancellationToken)
    {
        var group = (await athena.GetWorkGroupAsync(new() { WorkGroup = lake.WorkGroup }, cancellationToken)).WorkGroup;
        if (group.State == WorkGroupState.DISABLED)
        {
            throw new CheckFailedException("It is disabled.");
        }

        return group.Configuration?.BytesScannedCutoffPerQuery is > 0 and var limit ? $"stops a query that reads more than {Figures.Bytes(limit)}" : "there, without a limit of bytes";
    }

    // The key is counted and measured; it is never read.
    async Task<string> KeyAsync(CancellationToken cancellationToken)
    {
        await glue.GetTableAsync(new() { DatabaseName = lake.PrivateDatabase, Name = lake.PseudonymKeyTable }, cancellationToken);
        var id = await StartAsync($"select count(*), coalesce(min(length(\"key\")), 0) from {lake.PrivateDatabase}.{lake.PseudonymKeyTable}", cancellationToken);
        await EndAsync(id, cancellationToken);
        return await ResultAsync(id, cancellationToken) switch
        {
            ["1", var length] when int.Parse(length, CultureInfo.InvariantCulture) >= 64 => "one key, and this identity may use it",
            ["1", _] => throw new CheckFailedException("The key has fewer than 64 digits."),
            [var keys, _] => throw new CheckFailedException($"Its table holds {keys} keys instead of one."),
            _ => throw new CheckFailedException("Its table cannot be counted."),
        };
    }

    async Task<string> StartAsync(string sql, CancellationToken cancellationToken)
    {
        var started = await athena.StartQueryExecutionAsync(
            new()
            {
                QueryString = sql,
                WorkGroup = lake.WorkGroup,
                ResultConfiguration = new() { OutputLocation = $"s3://{lake.Bucket}/{lake.ResultsPrefix}" },
            },
            cancellationToken);
        return started.QueryExecutionId;
    }

    async Task EndAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = (await athena.GetQueryExecutionAsync(new() { QueryExecutionId = id }, cancellationToken)).QueryExecution.Status;
            if (status.State == QueryExecutionState.SUCCEEDED)
            {
                return;
            }

            if (status.State == QueryExecutionState.FAILED || status.State == QueryExecutionState.CANCELLED)
            {
                throw new CheckFailedException($"A query ended as {status.State}: {status.StateChangeReason}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }
    }

    async Task<IReadOnlyList<string>> ResultAsync(string id, CancellationToken cancellationToken) =>
        [.. (await athena.GetQueryResultsAsync(new() { QueryExecutionId = id }, cancellationToken)).ResultSet.Rows[1].Data.Select(cell => cell.VarCharValue)];

    string Grant(string action) => $"Grant {action} on workgroup/{lake.WorkGroup}.";
}
