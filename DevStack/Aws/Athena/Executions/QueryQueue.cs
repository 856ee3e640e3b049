using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Configuration;
using Stedi.DevStack.Aws.Diagnostics;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>
/// Runs queries, a few at a time, in the order they came. A query is QUEUED here, RUNNING when its turn comes, and ended on
/// disk before anybody sees it ended. One that needs more than its share of the memory runs once more, alone with all of it.
/// That it runs is on disk before it does, so that one that takes the process down is not run again by the next.
/// </summary>
internal sealed class QueryQueue(StatementExecutor executor, QueryStore store, SandboxPool pool, LocalAwsOptions options, ILogger logger) : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, QueryRun> active = new();
    readonly Channel<QueryRun> waiting = Channel.CreateUnbounded<QueryRun>();
    readonly QueryGate turns = new(Math.Max(1, options.ConcurrentQueries));
    readonly MemoryWatch memory = new(options.MemoryLimitMiB, logger);
    readonly TimeProvider time = options.TimeProvider;
    Task[] workers = [];
    volatile bool stopping;

    public void Start()
    {
        pool.Prepare();
        workers = [.. Enumerable.Range(0, Math.Max(1, options.ConcurrentQueries)).Select(_ => Task.Run(WorkAsync))];
    }

    public void Enqueue(QueryRequest request)
    {
        var run = new QueryRun(request) { QueuedAt = time.GetTimestamp() };
        active[request.Id] = run;
        waiting.Writer.TryWrite(run);
    }

    /// <summary>Stops a query that has not ended. The caller records the end; the run's own is then ignored.</summary>
    public bool TryStop(string id) => active.TryGetValue(id, out var run) && run.TryStop();

    public async ValueTask DisposeAsync()
    {
        if (stopping)
            return;
        stopping = true;
        waiting.Writer.TryComplete();
        foreach (var run in active.Values)
            run.TryStop();
        await Task.WhenAll(workers);
        pool.Dispose();
        memory.Dispose();
        turns.Dispose();
    }

    async Task WorkAsync()
    {
        await foreach (var run in waiting.Reader.ReadAllAsync())
        {
            if (!stopping && !run.IsStopped)
                await RunAsync(run);
            active.TryRemove(run.Request.Id, out _);
        }
    }

    async Task RunAsync(QueryRun run)
    {
        var id = run.Request.Id;
        var clock = new QueryClock(time, run.QueuedAt);
        try
        {
            var outcome = await ExecuteAsync(run);
            Finish(id, document => QueryDocument.Succeed(document, outcome, clock));
        }
        catch (OperationCanceledException)
        {
            // Whoever stopped it has said so, or the process is ending and the next one records the failure.
        }
        catch (QueryFailedException failure)
        {
            Finish(id, document => QueryDocument.Fail(document, failure, clock));
        }
        catch (AwsException e)
        {
            Finish(id, document => QueryDocument.Fail(document, new QueryFailedException($"{e.Code}: {e.Message}", AthenaErrorType.InvalidArgument), clock));
        }
        catch (Exception e)
        {
            // The worker must outlive whatever a query does.
            Log.QueryFailed(logger, e, id);
            Finish(id, document => QueryDocument.Fail(document, new QueryFailedException("GENERIC_INTERNAL_ERROR: " + e.GetType().Name, 0), clock));
        }
        finally
        {
            pool.Prepare();
        }
    }

    async Task<QueryOutcome> ExecuteAsync(QueryRun run)
    {
        try
        {
            return await ExecuteAsync(run, await turns.EnterSharedAsync());
        }
        catch (QueryFailedException failure) when (failure.IsRetryable && !run.IsStopped)
        {
            run.IsExclusive = true;
            return await ExecuteAsync(run, await turns.EnterExclusiveAsync());
        }
    }

    async Task<QueryOutcome> ExecuteAsync(QueryRun run, IDisposable turn)
    {
        using (turn)
        {
            store.Begin(run.Request.Id);
            memory.Add(run);
            try
            {
                return await executor.RunAsync(run);
            }
            catch (OperationCanceledException) when (run.IsExhausted && !run.IsStopped)
            {
                throw new QueryFailedException($"EXCEEDED_LOCAL_MEMORY_LIMIT: Query exhausted resources at this scale factor. The process grew far beyond the {options.MemoryLimitMiB} MiB that its queries may use.", AthenaErrorType.ResourcesExhausted, isRetryable: true);
            }
            finally
            {
                memory.Remove(run);
                if (run.Release() is { } sandbox)
                    pool.Return(sandbox, run.IsExclusive);
            }
        }
    }

    void Finish(string id, Func<System.Text.Json.Nodes.JsonObject, string> end)
    {
        var document = store.Find(id)!.Document;
        var state = end(document);
        store.Finish(id, state, document);
    }
}
