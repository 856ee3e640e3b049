using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Testing;
using Temporalio.Testing;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>Reads what is published in a stack's lake, and calls its activities.</summary>
internal static class PublishedState
{
    /// <summary>What <c>snapshots/current.json</c> holds.</summary>
    public static async Task<SnapshotLog> LogAsync(this InProcessStack stack) =>
        (await stack.Services.GetRequiredService<SnapshotStore>().ReadAsync(CancellationToken.None)).ShouldNotBeNull().Log;

    /// <summary>The locations of the published Glue tables, in the order in which they are built.</summary>
    public static async Task<IReadOnlyList<string>> LocationsAsync(this InProcessStack stack)
    {
        var locations = new List<string>();
        foreach (var table in LakeTables.All)
        {
            locations.Add((await stack.Glue.GetTableAsync(new() { DatabaseName = stack.Lake.Database, Name = table })).Table.StorageDescriptor.Location);
        }

        return locations;
    }

    /// <summary>Calls activities as a worker would.</summary>
    public static Task<TResult> InActivityAsync<TActivities, TResult>(this InProcessStack stack, Func<TActivities, Task<TResult>> call, ActivityEnvironment? environment = null)
        where TActivities : class => (environment ?? new()).RunAsync(async () =>
        {
            await using var scope = stack.Services.CreateAsyncScope();
            return await call(scope.ServiceProvider.GetRequiredService<TActivities>());
        });
}
