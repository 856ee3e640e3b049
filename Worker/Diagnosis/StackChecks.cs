using Amazon.Glue.Model;
using Amazon.Runtime;
using Stedi.Temporal.Worker.Commands;
using Stedi.Temporal.Worker.Queries;
using Stedi.Temporal.Worker.Stack;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Diagnosis;

/// <summary>Everything that a run needs, asked for one by one, in the order in which a run would miss it.</summary>
sealed class StackChecks(LakehouseStack stack, TimeProvider time)
{
    const string Probe = "results/doctor.txt";

    /// <summary>Checks one thing after the other; each goes on whatever the others found.</summary>
    public async IAsyncEnumerable<CheckOutcome> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lake = stack.Lake;
        yield return await CheckAsync("Temporal server", "Set TEMPORAL_ADDRESS or temporal.address, or start the server.", async () =>
        {
            var client = await stack.ConnectAsync();
            await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = client.Options.Namespace }, new() { CancellationToken = cancellationToken });
            return $"{client.Connection.Options.TargetHost}, namespace {client.Options.Namespace}";
        });
        yield return await CheckAsync("Bucket: list", $"Create bucket {lake.Bucket}, or grant s3:ListBucket on it.", async () =>
        {
            await stack.Worker.S3.ListObjectsV2Async(new() { BucketName = lake.Bucket, MaxKeys = 1 }, cancellationToken);
            return stack.LakePlace;
        });
        yield return await CheckAsync("Bucket: write, read, delete", $"Grant s3:PutObject, s3:GetObject and s3:DeleteObject on {lake.Bucket}/*.", async () =>
        {
            await stack.Worker.S3.PutObjectAsync(new() { BucketName = lake.Bucket, Key = Probe, ContentBody = "ok" }, cancellationToken);
            using (await stack.Worker.S3.GetObjectAsync(new() { BucketName = lake.Bucket, Key = Probe }, cancellationToken))
            {
            }

            await stack.Worker.S3.DeleteObjectAsync(new() { BucketName = lake.Bucket, Key = Probe }, cancellationToken);
            return "allowed";
        });
        foreach (var database in (string[])[lake.Database, lake.WorkDatabase, lake.PrivateDatabase])
        {
            yield return await CheckAsync($"Glue database {database}", $"Create it, or grant glue:GetDatabase on it.", async () =>
            {
                await stack.Worker.Glue.GetDatabaseAsync(new() { Name = database }, cancellationToken);
                return "there";
            });
        }

        yield return await CheckAsync("Glue tables of the work database", "Grant glue:CreateTable, glue:GetTable and glue:DeleteTable on it.", () => ChangeCatalogAsync(cancellationToken));
        yield return await CheckAsync($"Work group {lake.WorkGroup}", "Create it, or grant athena:StartQueryExecution, athena:GetQueryExecution and athena:GetQueryResults on it.", async () =>
        {
            await foreach (var row in (await new AdHocQuery(stack.Worker.Athena, lake, time).RunAsync("select 1 as one", cancellationToken)).Rows)
            {
                return $"a query works (select 1 is {row[0]})";
            }

            throw new InvalidOperationException("A query came back without rows.");
        });
        yield return await CheckAsync("Pseudonym key", $"Make a table {lake.PseudonymKeyTable} of one column, key, in {lake.PrivateDatabase}, and grant the worker access to it.", async () =>
        {
            await stack.Worker.Glue.GetTableAsync(new() { DatabaseName = lake.PrivateDatabase, Name = lake.PseudonymKeyTable }, cancellationToken);
            return "its table is there";
        });
    }

    async Task<string> ChangeCatalogAsync(CancellationToken cancellationToken)
    {
        var name = $"doctor_{Guid.NewGuid():N}";
        var input = new TableInput
        {
            Name = name,
            StorageDescriptor = new() { Location = $"s3://{stack.Lake.Bucket}/results/doctor/", Columns = [new() { Name = "x", Type = "int" }] },
        };
        await stack.Worker.Glue.CreateTableAsync(new() { DatabaseName = stack.Lake.WorkDatabase, TableInput = input }, cancellationToken);
        await stack.Worker.Glue.GetTableAsync(new() { DatabaseName = stack.Lake.WorkDatabase, Name = name }, cancellationToken);
        await stack.Worker.Glue.DeleteTableAsync(new() { DatabaseName = stack.Lake.WorkDatabase, Name = name }, cancellationToken);
        return "can be created, read and deleted";
    }

    static async Task<CheckOutcome> CheckAsync(string name, string advice, Func<Task<string>> check)
    {
        try
        {
            return new(name, true, await check());
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or CommandException or RpcException or ApplicationFailureException or InvalidOperationException)
        {
            return new(name, false, e.Message.Split('\n')[0], advice);
        }
    }
}
