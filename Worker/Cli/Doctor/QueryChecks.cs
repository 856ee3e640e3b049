using Amazon.Athena;
using Amazon.Glue;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Pseudonyms;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Worker.Cli.Output;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>Checks the Athena permissions of a run with a query that reads nothing, and the pseudonym key with one that counts keys.</summary>
internal sealed class QueryChecks(IAmazonAthena athena, IAmazonGlue glue, LakeOptions lake, TimeProvider time)
{
    private readonly PseudonymKey _key = new(lake);

    // A check is about one call and its own error, and is repeated as a whole.
    private readonly AthenaQueries _queries = new(athena, lake, time) { Calls = AwsResiliencePipeline.SingleAttempt };
    private string? _query;

    /// <summary>The checks, in the order in which a run needs their subjects.</summary>
    public IReadOnlyList<Check> All => [
        new($"Work group {lake.WorkGroup}", $"Set lake.workGroup to one that exists (deploy/lakehouse.yaml makes stedi), or grant athena:GetWorkGroup on workgroup/{lake.WorkGroup}.", WorkGroupAsync),
        new("athena:StartQueryExecution", Grant("athena:StartQueryExecution"), async token =>
        {
            _query = await StartAsync("select 1 as answer", token);
            return "a query was taken";
        }),
        new("athena:GetQueryExecution", Grant("athena:GetQueryExecution"), async token =>
        {
            await EndAsync(Query(), token);
            return "succeeded";
        }),
        new("athena:GetQueryResults", Grant("athena:GetQueryResults"), async token => $"it came to {(await _queries.ReadAsync(Query(), token))[0]["answer"]}"),
        new("athena:StopQueryExecution", Grant("athena:StopQueryExecution"), async token =>
        {
            await _queries.StopAsync(Query(), token);
            return "queries can be stopped";
        }),
        new("Pseudonym key", $"{_key.Remedy} Let this identity read {lake.PrivateDatabase}.{lake.PseudonymKeyTable} and its files.", KeyAsync),
    ];

    private string Query() => _query ?? throw new CheckNotTriedException("no query was taken");

    private async Task<string> WorkGroupAsync(CancellationToken cancellationToken)
    {
        var group = (await athena.GetWorkGroupAsync(new() { WorkGroup = lake.WorkGroup }, cancellationToken)).WorkGroup;
        if (group.State == WorkGroupState.DISABLED)
        {
            throw new CheckFailedException("It is disabled.");
        }

        return group.Configuration?.BytesScannedCutoffPerQuery is > 0 and var limit ? $"stops a query that reads more than {NumberFormat.Bytes(limit)}" : "there, without a limit of bytes";
    }

    // The query returns the number and length of the keys, never a key.
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
        var measured = (await _queries.ReadAsync(id, cancellationToken))[0];
        return _key.Problem(measured.Count("keys"), measured.Count("bytes")) is { } problem
            ? throw new CheckFailedException(problem)
            : "one key, and this identity may use it";
    }

    private Task<string> StartAsync(string sql, CancellationToken cancellationToken) =>
        _queries.SubmitAsync(sql, Guid.NewGuid().ToString(), database: null, lake.RunResultsPrefix, cancellationToken);

    private async Task EndAsync(string id, CancellationToken cancellationToken)
    {
        var status = (await _queries.WaitAsync(id, cancellationToken)).Status;
        if (status.State != QueryExecutionState.SUCCEEDED)
        {
            throw new CheckFailedException($"A query ended as {status.State}: {status.StateChangeReason}");
        }
    }

    private string Grant(string action) => $"Grant {action} on workgroup/{lake.WorkGroup}.";
}
