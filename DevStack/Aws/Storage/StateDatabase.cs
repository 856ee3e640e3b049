using Microsoft.Data.Sqlite;
using Stedi.DevStack.Common;

namespace Stedi.DevStack.Aws.Storage;

/// <summary>
/// The SQLite file with the catalogue, queries and object metadata. It has one connection and one lock; every commit is synced.
/// </summary>
internal sealed class StateDatabase : IDisposable
{
    private static readonly StateFileFormat Format = new("the local AWS endpoint", ApplicationId: 0, Version: 2, StateSchema.Text, "PRAGMA synchronous = FULL;");

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private SqliteTransaction? _transaction;

    private StateDatabase(SqliteConnection connection) => _connection = connection;

    /// <exception cref="StateFileException">The file is damaged, in use, or newer than this program.</exception>
    public static StateDatabase Open(string path) => new(StateFile.Open(path, Format));

    /// <summary>Runs <paramref name="work"/> in one transaction; calls inside join it.</summary>
    public T Transaction<T>(Func<T> work)
    {
        lock (_gate)
        {
            if (_transaction is not null)
            {
                return work();
            }

            _transaction = _connection.BeginTransaction(deferred: true);
            try
            {
                var result = work();
                _transaction.Commit();
                return result;
            }
            finally
            {
                _transaction.Dispose();
                _transaction = null;
            }
        }
    }

    /// <summary>Parameters are <c>$1</c>, <c>$2</c>...; returns the number of changed rows.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments)
    {
        lock (_gate)
        {
            return Command(sql, arguments).ExecuteNonQuery();
        }
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> arguments)
    {
        lock (_gate)
        {
            using var reader = Command(sql, arguments).ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    public T? Single<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> arguments)
        where T : class =>
        Query(sql, read, arguments) is [var row, ..] ? row : null;

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var command in _commands.Values)
            {
                command.Dispose();
            }

            _connection.Dispose();
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= arguments.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter($"${i}", null));
            }

            _commands.Add(sql, command);
        }
        command.Transaction = _transaction;
        for (var i = 0; i < arguments.Length; i++)
        {
            command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        }

        return command;
    }
}

internal static class StateSchema
{
    /// <summary>Documents are JSON as in requests and responses, so that no member a client sent is lost.</summary>
    public const string Text =
        """
        CREATE TABLE IF NOT EXISTS object (bucket TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
          etag TEXT NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS upload (id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, headers TEXT NOT NULL, initiated INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS upload_part (upload TEXT NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
          PRIMARY KEY (upload, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS database (name TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS table_version (database TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, current INTEGER NOT NULL, document TEXT NOT NULL,
          PRIMARY KEY (database, name, version)) WITHOUT ROWID;
        CREATE UNIQUE INDEX IF NOT EXISTS current_table ON table_version (database, name) WHERE current = 1;
        CREATE TABLE IF NOT EXISTS partition (database TEXT NOT NULL, name TEXT NOT NULL, partition_values TEXT NOT NULL, document TEXT NOT NULL,
          PRIMARY KEY (database, name, partition_values)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS crawler (name TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS work_group (name TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS query (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, work_group TEXT NOT NULL, token TEXT, request_hash TEXT NOT NULL,
          state TEXT NOT NULL, caller TEXT, document TEXT NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS query_token ON query (token) WHERE token IS NOT NULL;
        CREATE INDEX IF NOT EXISTS query_open ON query (state) WHERE state IN ('QUEUED', 'RUNNING');
        CREATE TABLE IF NOT EXISTS prepared_statement (work_group TEXT NOT NULL, name TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (work_group, name)) WITHOUT ROWID;

        -- Version 1 did not record that a query runs, so any that had not ended may be the one that ended the process.
        UPDATE query SET state = 'RUNNING' WHERE state = 'QUEUED';
        """;
}
