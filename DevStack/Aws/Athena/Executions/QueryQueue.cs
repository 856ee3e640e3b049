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
/// Runs queries in order, with limited concurrency. State changes are persisted before they are visible, and RUNNING is persisted
/// before the query starts, so that the next process does not run a query again that ended this one. A query that needs more than
/// its share of the memory is retried once, alone and with all of the memory.
/// </summary>
internal sealed class QueryQueue(StatementExecutor executor, QueryStore store, SandboxPool pool, LocalAwsOptions options, ILogger logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, QueryRun> _active = new();
    private readonly Channel<QueryRun> _waiting = Channel.CreateUnbounded<QueryRun>();
    private readonly QueryGate _gate = new(Math.Max(1, options.ConcurrentQueries));
    private readonly MemoryWatch _memory = new(options.MemoryLimitMiB, logger);
    private readonly TimeProvider _time = options.TimeProvider;
    private Task[] _workers = [];
    private volatile bool _stopping;

    public void Start()
    {
        pool.Prepare();
        _workers = [.. Enumerable.Range(0, Math.Max(1, options.ConcurrentQueries)).Select(_ => Task.Run(WorkAsync))];
    }

    public void Enqueue(QueryRequest request)
    {
        var run = new QueryRun(request) { QueuedAt = _time.GetTimestamp() };
        _active[request.Id] = run;
        _waiting.Writer.TryWrite(run);
    }

    /// <summary>Stops a query that has not ended. The caller records the end; a later end of the run itself is ignored.</summary>
    public bool TryStop(string id) => _active.TryGetValue(id, out var run) && run.TryStop();

    /// <summary>Waits until a query has ended, but not longer than a limit.</summary>
    public Task WaitAsync(string id, TimeSpan limit) => _active.TryGetValue(id, out var run) ? Task.WhenAny(run.Ended, Task.Delay(limit)) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        _waiting.Writer.TryComplete();
        foreach (var run in _active.Values)
        {
            run.TryStop();
        }

        await Task.WhenAll(_workers);
        pool.Dispose();
        _memory.Dispose();
        _gate.Dispose();
    }

    private async Task WorkAsync()
    {
        await foreach (var run in _waiting.Reader.ReadAllAsync())
        {
            if (!_stopping && !run.IsStopped)
            {
                await RunAsync(run);
            }

            _active.TryRemove(run.Request.Id, out _);
        }
    }

    private async Task RunAsync(QueryRun run)
    {
        var id = run.Request.Id;
        var clock = new QueryClock(_time, run.QueuedAt);
        try
        {
            var outcome = await ExecuteAsync(run);
            Finish(id, document => QueryDocument.Succeed(document, outcome, clock));
        }
        catch (OperationCanceledException)
        {
            // The caller of TryStop records the end; if the process is ending, the next one records the failure.
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
            // The worker must survive any failure of a query.
            Log.QueryFailed(logger, e, id);
            Finish(id, document => QueryDocument.Fail(document, new QueryFailedException("GENERIC_INTERNAL_ERROR: " + e.GetType().Name, AthenaErrorType.Internal), clock));
        }
        finally
        {
            run.End();
            pool.Prepare();
        }
    }

    private async Task<QueryOutcome> ExecuteAsync(QueryRun run)
    {
        try
        {
            return await ExecuteAsync(run, await _gate.EnterSharedAsync());
        }
        catch (QueryFailedException failure) when (failure.IsRetryable && !run.IsStopped)
        {
            run.IsExclusive = true;
            return await ExecuteAsync(run, await _gate.EnterExclusiveAsync());
        }
    }

    private async Task<QueryOutcome> ExecuteAsync(QueryRun run, IDisposable entry)
    {
        using (entry)
        {
            store.Begin(run.Request.Id);
            _memory.Add(run);
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
                _memory.Remove(run);
                if (run.Release() is { } sandbox)
                {
                    pool.Return(sandbox, run.IsExclusive);
                }
            }
        }
    }

    private void Finish(string id, Func<System.Text.Json.Nodes.JsonObject, string> end)
    {
        var document = store.Find(id)!.Document;
        var state = end(document);
        store.Finish(id, state, document);
    }
}
