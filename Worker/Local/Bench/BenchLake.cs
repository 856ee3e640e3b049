using Microsoft.Extensions.Hosting;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>A stack with a worker in a temporary folder, which is deleted on dispose.</summary>
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

    /// <summary>The folder of the lake's files.</summary>
    public string Bucket => Path.Combine(_stack.Folder.Lake, _stack.Lake.Bucket);

    /// <summary>The stack.</summary>
    public LakehouseStack Stack => _stack;

    /// <summary>Starts the stack on free ports.</summary>
    public static async Task<BenchLake> OpenAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("stedi-bench-");
        var settings = new StediSettings { Temporal = new() { Port = 0 }, Aws = new() { Port = 0 } };
        var stack = await LakehouseStack.OpenAsync(context with { Directory = directory.FullName }, settings, cancellationToken);
        var worker = context.CreateWorkerHost(stack, await stack.ConnectAsync());
        await worker.StartAsync(cancellationToken);
        return new(directory, stack, worker);
    }

    /// <summary>Runs the workflow and waits for its result.</summary>
    public async Task<LakehouseReport> RunAsync(LakehouseInput input, CancellationToken cancellationToken)
    {
        var client = await _stack.ConnectAsync();
        return await client.ExecuteWorkflowAsync(
            (LakehouseWorkflow workflow) => workflow.RunAsync(input),
            new($"bench-{Guid.NewGuid()}", _stack.Settings.TaskQueue) { Rpc = new() { CancellationToken = cancellationToken } });
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
