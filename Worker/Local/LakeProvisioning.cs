using System.Net;
using System.Security.Cryptography;
using Amazon.Athena;
using Amazon.Glue.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Pseudonyms;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Local;

/// <summary>
/// Creates in the embedded lake what deploy/ creates in an account: the bucket, the databases, the pseudonym key and the table
/// of cleared lines.
/// Idempotent.
/// </summary>
public sealed class LakeProvisioning(AwsClients aws, LakeOptions lake)
{
    private readonly PseudonymKey _key = new(lake);

    /// <summary>Creates what is missing.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await EnsureBucketAsync(cancellationToken);
        await EnsureDatabasesAsync(cancellationToken);
        await EnsureKeyAsync(cancellationToken);
        await EnsureTableAsync(ClearedLines.Definition(lake), cancellationToken);
    }

    /// <summary>Creates a new pseudonym key if there is none or it is not usable.</summary>
    public async Task ReplaceUnusableKeyAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (!await IsKeyUsableAsync(time, cancellationToken))
        {
            await PutKeyAsync(ifNoneMatch: null, cancellationToken);
        }
    }

    private async Task EnsureBucketAsync(CancellationToken cancellationToken)
    {
        try
        {
            await aws.S3.PutBucketAsync(new PutBucketRequest { BucketName = lake.Bucket }, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Conflict)
        {
            // It exists already.
        }
    }

    private async Task EnsureDatabasesAsync(CancellationToken cancellationToken)
    {
        foreach (var database in (string[])[lake.Database, lake.WorkDatabase, lake.PrivateDatabase])
        {
            try
            {
                await aws.Glue.CreateDatabaseAsync(new() { DatabaseInput = new() { Name = database } }, cancellationToken);
            }
            catch (AlreadyExistsException)
            {
                // It exists already.
            }
        }
    }

    private async Task EnsureKeyAsync(CancellationToken cancellationToken)
    {
        // A key that is missing although pseudonyms are published was lost: a new one would change them unnoticed.
        if (!await IsPublishedAsync(cancellationToken))
        {
            try
            {
                // The object before the table, because a table without data would be a key without rows.
                await PutKeyAsync(ifNoneMatch: "*", cancellationToken);
            }
            catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
            {
                // It was created by the first start and must not change, because the pseudonyms depend on it.
            }
        }

        await EnsureTableAsync(KeyTable(), cancellationToken);
    }

    private async Task EnsureTableAsync(TableInput table, CancellationToken cancellationToken)
    {
        try
        {
            await aws.Glue.CreateTableAsync(new() { DatabaseName = lake.PrivateDatabase, TableInput = table }, cancellationToken);
        }
        catch (AlreadyExistsException)
        {
            // It exists already.
        }
    }

    private async Task<bool> IsPublishedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await aws.S3.GetObjectMetadataAsync(lake.Bucket, SnapshotStore.Key, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<bool> IsKeyUsableAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var queries = new AthenaQueries(aws.Athena, lake, time);
        var id = await queries.SubmitAsync(_key.Sql, Guid.NewGuid().ToString(), cancellationToken);
        if ((await queries.WaitAsync(id, cancellationToken)).Status.State != QueryExecutionState.SUCCEEDED)
        {
            return false;
        }

        var measured = (await queries.ReadAsync(id, cancellationToken))[0];
        return _key.Problem(measured.Count("keys"), measured.Count("bytes")) is null;
    }

    private Task PutKeyAsync(string? ifNoneMatch, CancellationToken cancellationToken)
    {
        var made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return aws.S3.PutObjectAsync(
            new() { BucketName = lake.Bucket, Key = _key.ObjectKey, ContentBody = $$"""{"key":"{{made}}"}""" + "\n", IfNoneMatch = ifNoneMatch },
            cancellationToken);
    }

    private TableInput KeyTable() => new()
    {
        Name = lake.PseudonymKeyTable,
        TableType = "EXTERNAL_TABLE",
        Parameters = new() { ["EXTERNAL"] = "TRUE", ["classification"] = "json" },
        StorageDescriptor = new()
        {
            Location = $"s3://{lake.Bucket}/{_key.Prefix}",
            Columns = [new() { Name = "key", Type = "string" }],
            InputFormat = "org.apache.hadoop.mapred.TextInputFormat",
            OutputFormat = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            SerdeInfo = new() { SerializationLibrary = "org.openx.data.jsonserde.JsonSerDe" },
        },
    };
}
