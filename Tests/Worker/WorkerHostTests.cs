using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;

namespace Stedi.Temporal.Worker.Tests;

public sealed class WorkerHostTests
{
    [Fact]
    public async Task RunUntil_WhenWorkerFails_ThrowsInsteadOfWaitingForTheWork()
    {
        // A worker refuses a client that has not connected.
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services
            .AddSingleton<IHostLifetime, CommandLifetime>()
            .AddSingleton<ITemporalClient>(TemporalClient.CreateLazy(new("127.0.0.1:1")))
            .AddHostedTemporalWorker("queue")
            .AddWorkflow<LakehouseWorkflow>();
        using var host = builder.Build();

        await Should.ThrowAsync<InvalidOperationException>(async () =>
            await host.RunUntilAsync(() => new TaskCompletionSource<int>().Task, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }
}
