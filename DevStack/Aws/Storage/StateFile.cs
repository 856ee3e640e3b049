using Microsoft.Data.Sqlite;

namespace Stedi.DevStack.Aws.Storage;

/// <summary>
/// The one SQLite file behind catalogue, queries and object metadata: one connection, one lock, every commit synced.
/// A file that is damaged, in use or written by a newer version is refused before anything is written to it.
/// </summary>
internal sealed class StateFile : IDisposable
{
    const int SchemaVersion = 2;
    const int Damaged = 11, NotADatabase = 26, Busy = 5, Locked = 6;

    readonly Lock gate = new();
    readonly SqliteConnection connection;
    readonly Dictionary<string, SqliteCommand> commands = [];
    SqliteTransaction? transaction;

    StateFile(SqliteConnection connection) => this.connection = connection;

    /// <exception cref="StateFileException">The file is damaged, in use, or newer than this program.</exception>
    public static StateFile Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            var file = new StateFile(connection);
            file.Prepare(path);
            return file;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Refusal(path, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="work"/> in one transaction; calls inside join it.</summary>
    public T Transaction<T>(Func<T> work)
    {
        lock (gate)
        {
            if (transaction is not null)
                return work();
            transaction = connection.BeginTransaction(deferred: true);
            try
            {
                var result = work();
                transaction.Commit();
                return result;
            }
            finally
            {
                transaction.Dispose();
                transaction = null;
            }
        }
    }

    /// <summary>Parameters are <c>$1</c>, <c>$2</c>...; returns the rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments)
    {
        lock (gate)
            return Command(sql, arguments).ExecuteNonQuery();
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> arguments)
    {
        lock (gate)
        {
            using var reader = Command(sql, arguments).ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        }
    }

    public T? Single<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> arguments)
        where T : class =>
        Query(sql, read, arguments) is [var row, ..] ? row : null;

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var command in commands.Values)
                command.Dispose();
            connection.Dispose();
        }
    }

    SqliteCommand Command(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= arguments.Length; i++)
                command.Parameters.Add(new SqliteParameter($"${i}", null));
            commands.Add(sql, command);
        }
        command.Transaction = transaction;
        for (var i = 0; i < arguments.Length; i++)
            command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        return command;
    }

    void Prepare(string path)
    {
        Execute("PRAGMA locking_mode = EXCLUSIVE");
        var version = Number("PRAGMA user_version");
        if (version > SchemaVersion)
            throw new StateFileException($"{path} was written by a newer version of this program (format {version}, this one reads up to {SchemaVersion}). Use that version, or move the file away to start afresh.");
        if (Query("PRAGMA quick_check(1)", r => r.GetString(0)) is not ["ok"])
            throw new StateFileException($"{path} is damaged. Restore it from a copy, or move it away to start afresh; the lake's files are not affected.");
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        if (version < SchemaVersion)
        {
            // In one transaction: a process killed here leaves the file as it was or a whole one.
            Execute($"BEGIN IMMEDIATE; {(version == 0 ? StateSchema.Text : StateSchema.FromVersion1)} PRAGMA user_version = {SchemaVersion}; COMMIT;");
        }
        // Takes the exclusive lock now, not at the first request.
        Execute("BEGIN IMMEDIATE");
        Execute("COMMIT");
    }

    long Number(string sql) => Query(sql, r => r.GetInt64(0))[0];

    static StateFileException Refusal(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        Damaged or NotADatabase => new($"{path} is damaged or not ours. Restore it from a copy, or move it away to start afresh; the lake's files are not affected.", e),
        Busy or Locked => new($"{path} is in use by another process. Stop that one first, or use another state directory.", e),
        _ => new($"{path} cannot be opened: {e.Message}", e),
    };
}
