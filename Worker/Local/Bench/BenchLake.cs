using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>A whole stack in a folder of its own, gone when disposed, with a worker that is up throughout.</summary>
sealed class BenchLake : IAsyncDisposable
{
    readonly DirectoryInfo directory;
    readonly LakehouseStack stack;
    readonly LakehouseWorker worker;
    readonly CancellationTokenSource ending = new();
    readonly Task working;

    BenchLake(DirectoryInfo directory, LakehouseStack stack, LakehouseWorker worker)
    {
        this.directory = directory;
        this.stack = stack;
        this.worker = worker;
        working = worker.ExecuteAsync(ending.Token);
    }

    /// <summary>Where objects lie as plain files.</summary>
    public string Bucket => Path.Combine(stack.Folder.Lake, stack.Lake.Bucket);

    /// <summary>The stack.</summary>
    public LakehouseStack Stack => stack;

    /// <summary>Brings it up, on any free ports.</summary>
    public static async Task<BenchLake> OpenAsync(CommandContext session, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("stedi-bench-");
        var settings = new StediSettings { Temporal = new() { Port = 0 }, Aws = new() { Port = 0 } };
        var stack = await LakehouseStack.OpenAsync(session with { Directory = directory.FullName }, settings, cancellationToken);
        return new(directory, stack, LakehouseWorker.Create(await stack.ConnectAsync(), stack, session.Time));
    }

    /// <summary>One run of the workflow, from the client's call to its result.</summary>
    public async Task<LakehouseReport> RunAsync(LakehouseInput input, CancellationToken cancellationToken)
    {
        var client = await stack.ConnectAsync();
        return await client.ExecuteWorkflowAsync(
            (LakehouseWorkflow workflow) => workflow.RunAsync(input),
            new($"bench-{Guid.NewGuid()}", TaskQueues.Lakehouse) { Rpc = new() { CancellationToken = cancellationToken } });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await worker.DisposeAsync();
        await stack.DisposeAsync();
        ending.Dispose();
        directory.Delete(recursive: true);
    }
}
