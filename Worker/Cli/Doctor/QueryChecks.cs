using System.Globalization;
using Amazon.Athena;
using Amazon.Glue;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Pseudonyms;
using Stedi.Temporal.Worker.Cli.Output;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>What a run does with Athena, tried with a query that reads nothing, and with one that counts the pseudonym's keys.</summary>
internal sealed class QueryChecks(IAmazonAthena athena, IAmazonGlue glue, LakeOptions lake, TimeProvider time)
{
    private readonly PseudonymKey _key = new(lake);
    private string? _query;

    /// <summary>The checks, in the order in which a run would miss what they look for.</summary>
    public IReadOnlyList<Check> All => [
        new($"Work group {lake.WorkGroup}", $"Set lake.workGroup to one that exists (deploy/lakehouse.yaml makes stedi), or grant athena:GetWorkGroup on workgroup/{lake.WorkGroup}.", WorkGroupAsync),
        new("athena:StartQueryExecution", Grant("athena:StartQueryExecution"), async token =>
        {
            _query = await StartAsync("select 1", token);
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
        new("Pseudonym key", $"{_key.Remedy} Let this identity read {lake.PrivateDatabase}.{lake.PseudonymKeyTable} and its files.", KeyAsync),
    ];

    private string Query() => _query ?? throw new CheckFailedException("not tried, because no query was taken");

    private async Task<string> WorkGroupAsync(CancellationToken cancellationToken)
    {
        var group = (await athena.GetWorkGroupAsync(new() { WorkGroup = lake.WorkGroup }, cancellationToken)).WorkGroup;
        if (group.State == WorkGroupState.DISABLED)
        {
            throw new CheckFailedException("It is disabled.");
        }

        return group.Configuration?.BytesScannedCutoffPerQuery is > 0 and var limit ? $"stops a query that reads more than {NumberFormat.Bytes(limit)}" : "there, without a limit of bytes";
    }

    // The key is counted and measured; it is never read.
    private async Task<string> KeyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await glue.GetTableAsync(new() { DatabaseName = lake.PrivateDatabase, Name = lake.PseudonymKeyTable }, cancellationToken);
        }
        catch (EntityNotFoundException)
        {
            throw new CheckFailedException(_key.NoTable);
        }

        var id = await StartAsync(_key.Sql, cancellationToken);
        await EndAsync(id, cancellationToken);
        var measured = await ResultAsync(id, cancellationToken);
        return _key.Problem(long.Parse(measured[0], CultureInfo.InvariantCulture), long.Parse(measured[1], CultureInfo.InvariantCulture)) is { } problem
            ? throw new CheckFailedException(problem)
            : "one key, and this identity may use it";
    }

    private async Task<string> StartAsync(string sql, CancellationToken cancellationToken)
    {
        var started = await athena.StartQueryExecutionAsync(
            new()
            {
                QueryString = sql,
                WorkGroup = lake.WorkGroup,
                ResultConfiguration = new() { OutputLocation = $"s3://{lake.Bucket}/{lake.RunResultsPrefix}" },
            },
            cancellationToken);
        return started.QueryExecutionId;
    }

    private async Task EndAsync(string id, CancellationToken cancellationToken)
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

    private async Task<IReadOnlyList<string>> ResultAsync(string id, CancellationToken cancellationToken) =>
        [.. (await athena.GetQueryResultsAsync(new() { QueryExecutionId = id }, cancellationToken)).ResultSet.Rows[1].Data.Select(cell => cell.VarCharValue)];

    private string Grant(string action) => $"Grant {action} on workgroup/{lake.WorkGroup}.";
}
