using Amazon.Glue;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Testing;

namespace Stedi.Temporal.Activities.Tests;

/// <summary>A lake of one test's own, and one run in it.</summary>
internal sealed class TestLake(ServiceProvider services) : IAsyncDisposable
{
    public const string PseudonymKey = "a key of thirty-two bytes or more";

    public LakeOptions Options => services.GetRequiredService<LakeOptions>();

    public LakeObjects Objects => services.GetRequiredService<LakeObjects>();

    public LakeCatalog Catalog => services.GetRequiredService<LakeCatalog>();

    public IAmazonS3 S3 => services.GetRequiredService<IAmazonS3>();

    public IAmazonGlue Glue => services.GetRequiredService<IAmazonGlue>();

    public RunContext Run { get; } = NewRun(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public static RunContext NewRun(DateTimeOffset asOf) => new(Guid.NewGuid().ToString(), "lakehouse", asOf, "", ConsentPolicy.Given);

    public async Task InitializeAsync()
    {
        await S3.PutBucketAsync(Options.Bucket);
        await Catalog.EnsureDatabaseAsync(Options.WorkDatabase, CancellationToken.None);
        await Catalog.EnsureDatabaseAsync(Options.PrivateDatabase, CancellationToken.None);
        await PutKeyAsync($$"""{"key":"{{PseudonymKey}}"}""");
        await Catalog.RegisterAsync(
            Options.PrivateDatabase,
            TableDefinitions.Json(Options.PseudonymKeyTable, [new("key", "string")], $"s3://{Options.Bucket}/private/{Options.PseudonymKeyTable}/"),
            CancellationToken.None);
    }

    /// <summary>Replaces the pseudonym key's file.</summary>
    public Task PutKeyAsync(string text) => PutAsync($"private/{Options.PseudonymKeyTable}/key.json", text);

    public Task PutAsync(string key, string text) => Objects.WriteAsync(key, text, CancellationToken.None);

    /// <summary>The keys below a prefix.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(string prefix) =>
        [.. (await Objects.ListAsync(prefix, CancellationToken.None)).Select(found => found.Key)];

    /// <summary>Calls an activity as a worker would: in a scope and with an activity's context.</summary>
    public Task<TResult> InActivityAsync<TActivities, TResult>(Func<TActivities, Task<TResult>> act, ActivityEnvironment? environment = null)
        where TActivities : class => (environment ?? new()).RunAsync(async () =>
        {
            await using var scope = services.CreateAsyncScope();
            return await act(scope.ServiceProvider.GetRequiredService<TActivities>());
        });

    public Task InActivityAsync<TActivities>(Func<TActivities, Task> act, ActivityEnvironment? environment = null)
        where TActivities : class => InActivityAsync(
            async (TActivities activities) =>
            {
                await act(activities);
                return true;
            },
            environment);

    /// <summary>The rows of a query, each as its columns joined by bars.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql, params IReadOnlyList<string> columns)
    {
        var rows = await InActivityAsync((DurableQueryRunner queries) => queries.SelectAsync("a test", sql));
        return [.. rows.Select(row => string.Join('|', columns.Select(column => row[column] ?? "NULL")))];
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
