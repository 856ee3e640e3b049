using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Stedi.DevStack.Common;
using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Storage;

/// <summary>Keeps state in one SQLite file. Commits that arrive together share a transaction and are acknowledged after it.</summary>
public sealed class SqliteStateStore : IStateStore
{
    // The application id is "STDT". With synchronous = NORMAL a killed process loses nothing; only a power failure could lose the last commits.
    private static readonly StateFileFormat Format = new("this Temporal server", ApplicationId: 0x53544454, Version: 2, Schema(),
        "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8192; PRAGMA cache_size = -65536;");

    private const int LargestGroup = 256;
    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly Task _writer;

    // Guards the connection: the writer holds it for a group of commits, readers for one statement.
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly StoreStatements _statements;

    /// <exception cref="TemporalServerException">The file cannot be used.</exception>
    public SqliteStateStore(string path)
    {
        try
        {
            _connection = StateFile.Open(path, Format);
        }
        catch (StateFileException e)
        {
            throw new TemporalServerException(e.Message, e);
        }

        _statements = new(_connection);
        _writer = Task.Run(WriteAsync);
    }

    public Task CommitAsync(StoreBatch batch)
    {
        var waiting = new Waiting(batch);
        return _queue.Writer.TryWrite(waiting)
            ? waiting.Done.Task
            : Task.FromException(new TemporalServerException("The server is stopping."));
    }

    public byte[]? Read(RecordKind kind, string key)
    {
        lock (_gate)
        {
            return _statements.Read(kind, key);
        }
    }

    public IReadOnlyList<KeyValuePair<string, byte[]>> ReadAll(RecordKind kind)
    {
        lock (_gate)
        {
            return _statements.ReadAll(kind);
        }
    }

    public IReadOnlyList<byte[]> ReadHistory(string runId)
    {
        lock (_gate)
        {
            return _statements.ReadHistory(runId);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writer;
        _statements.Dispose();
        await _connection.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        var group = new List<Waiting>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out var waiting))
            {
                group.Add(waiting);
            }

            Commit(group);
        }
    }

    private void Commit(List<Waiting> group)
    {
        try
        {
            lock (_gate)
            {
                using var transaction = _connection.BeginTransaction();
                foreach (var waiting in group)
                {
                    _statements.Write(waiting.Batch, transaction);
                }

                transaction.Commit();
            }
        }
        catch (SqliteException e)
        {
            var failure = new TemporalServerException($"The state file cannot be written: {e.Message}", e);
            group.ForEach(waiting => waiting.Done.SetException(failure));
            return;
        }

        group.ForEach(waiting => waiting.Done.SetResult());
    }

    private sealed record Waiting(StoreBatch Batch)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static string Schema()
    {
        using var schema = new StreamReader(typeof(SqliteStateStore).Assembly.GetManifestResourceStream("schema.sql")!);
        return schema.ReadToEnd();
    }
}
