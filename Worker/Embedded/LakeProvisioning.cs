using System.Net;
using System.Security.Cryptography;
using Amazon.Glue.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Stedi.Temporal.Activities;
using Stedi.Temporal.Worker.Stack;

namespace Stedi.Temporal.Worker.Embedded;

/// <summary>
/// Makes on a laptop what deploy/ makes in an account: the bucket, the databases, and the pseudonym key, once. Safe to
/// repeat.
/// </summary>
public sealed class LakeProvisioning(AwsClients aws, LakeOptions lake)
{
    /// <summary>The part of the bucket that only the pipeline may read.</summary>
    public const string PrivatePrefix = "private/";

    string KeyPrefix => $"{PrivatePrefix}{lake.PseudonymKeyTable}/";

    /// <summary>Makes what is missing.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await EnsureBucketAsync(cancellationToken);
        await EnsureDatabasesAsync(cancellationToken);
        await EnsureKeyAsync(cancellationToken);
    }

    async Task EnsureBucketAsync(CancellationToken cancellationToken)
    {
        try
        {
            await aws.S3.PutBucketAsync(new PutBucketRequest { BucketName = lake.Bucket }, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Conflict)
        {
            // It is there.
        }
    }

    async Task EnsureDatabasesAsync(CancellationToken cancellationToken)
    {
        foreach (var database in (string[])[lake.Database, lake.WorkDatabase, lake.PrivateDatabase])
        {
            try
            {
                await aws.Glue.CreateDatabaseAsync(new() { DatabaseInput = new() { Name = database } }, cancellationToken);
            }
            catch (AlreadyExistsException)
            {
                // It is there.
            }
        }
    }

    async Task EnsureKeyAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The object before the table: a table over nothing would be a key of no rows.
            var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            await aws.S3.PutObjectAsync(
                new() { BucketName = lake.Bucket, Key = KeyPrefix + "key.json", ContentBody = $$"""{"key":"{{key}}"}""" + "\n", IfNoneMatch = "*" },
                cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            // It was made at the first start, and lasts as long as the lake: another key would be other pseudonyms.
        }

        try
        {
            await aws.Glue.CreateTableAsync(new() { DatabaseName = lake.PrivateDatabase, TableInput = KeyTable() }, cancellationToken);
        }
        catch (AlreadyExistsException)
        {
            // It is there.
        }
    }

    TableInput KeyTable() => new()
    {
        Name = lake.PseudonymKeyTable,
        TableType = "EXTERNAL_TABLE",
        Parameters = new() { ["EXTERNAL"] = "TRUE", ["classification"] = "json" },
        StorageDescriptor = new()
        {
            Location = $"s3://{lake.Bucket}/{KeyPrefix}",
            Columns = [new() { Name = "key", Type = "string" }],
            InputFormat = "org.apache.hadoop.mapred.TextInputFormat",
            OutputFormat = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            SerdeInfo = new() { SerializationLibrary = "org.openx.data.jsonserde.JsonSerDe" },
        },
    };
}
