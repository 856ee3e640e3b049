using Microsoft.Extensions.Hosting;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>A whole stack in a folder of its own, gone when disposed, with a worker that is up throughout.</summary>
internal sealed class BenchLake : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly LakehouseStack _stack;
    private readonly IHost _worker;

    private BenchLake(DirectoryInfo directory, LakehouseStack stack, IHost worker)
    {
        _directory = directory;
        _stack = stack;
        _worker = worker;
    }

    /// <summary>Where objects lie as plain files.</summary>
    public string Bucket => Path.Combine(_stack.Folder.Lake, _stack.Lake.Bucket);

    /// <summary>The stack.</summary>
    public LakehouseStack Stack => _stack;

    /// <summary>Brings it up, on any free ports.</summary>
    public static async Task<BenchLake> OpenAsync(CommandContext session, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("stedi-bench-");
        var settings = new StediSettings { Temporal = new() { Port = 0 }, Aws = new() { Port = 0 } };
        var stack = await LakehouseStack.OpenAsync(session with { Directory = directory.FullName }, settings, cancellationToken);
        var worker = session.CreateWorkerHost(stack, await stack.ConnectAsync());
        await worker.StartAsync(cancellationToken);
        return new(directory, stack, worker);
    }

    /// <summary>One run of the workflow, from the client's call to its result.</summary>
    public async Task<LakehouseReport> RunAsync(LakehouseInput input, CancellationToken cancellationToken)
    {
        var client = await _stack.ConnectAsync();
        return await client.ExecuteWorkflowAsync(
            (LakehouseWorkflow workflow) => workflow.RunAsync(input),
            new($"bench-{Guid.NewGuid()}", TaskQueues.Lakehouse) { Rpc = new() { CancellationToken = cancellationToken } });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync();
        _worker.Dispose();
        await _stack.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
