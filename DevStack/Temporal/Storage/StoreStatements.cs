using Microsoft.Data.Sqlite;

namespace Stedi.DevStack.Temporal.Storage;

/// <summary>The prepared statements of a store. Not thread-safe.</summary>
internal sealed class StoreStatements : IDisposable
{
    private readonly SqliteCommand _read;
    private readonly SqliteCommand _readAll;
    private readonly SqliteCommand _readHistory;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _append;
    private readonly SqliteCommand _deleteHistory;

    public StoreStatements(SqliteConnection connection)
    {
        _read = Prepare(connection, "SELECT value FROM records WHERE kind = $kind AND key = $key", "$kind", "$key");
        _readAll = Prepare(connection, "SELECT key, value FROM records WHERE kind = $kind", "$kind");
        _readHistory = Prepare(connection, "SELECT value FROM history WHERE run_id = $run ORDER BY event_id", "$run");
        _put = Prepare(connection, "INSERT INTO records VALUES ($kind, $key, $value) ON CONFLICT DO UPDATE SET value = excluded.value", "$kind", "$key", "$value");
        _delete = Prepare(connection, "DELETE FROM records WHERE kind = $kind AND key = $key", "$kind", "$key");
        _append = Prepare(connection, "INSERT INTO history VALUES ($run, $event, $value)", "$run", "$event", "$value");
        _deleteHistory = Prepare(connection, "DELETE FROM history WHERE run_id = $run", "$run");
    }

    public byte[]? Read(RecordKind kind, string key)
    {
        Bind(_read, (int)kind, key);
        return (byte[]?)_read.ExecuteScalar();
    }

    public List<KeyValuePair<string, byte[]>> ReadAll(RecordKind kind)
    {
        Bind(_readAll, (int)kind);
        using var reader = _readAll.ExecuteReader();
        List<KeyValuePair<string, byte[]>> all = [];
        while (reader.Read())
        {
            all.Add(new(reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        }

        return all;
    }

    public List<byte[]> ReadHistory(string runId)
    {
        Bind(_readHistory, runId);
        using var reader = _readHistory.ExecuteReader();
        List<byte[]> events = [];
        while (reader.Read())
        {
            events.Add(reader.GetFieldValue<byte[]>(0));
        }

        return events;
    }

    public void Write(StoreBatch batch, SqliteTransaction transaction)
    {
        foreach (var runId in batch.DeletedHistories)
        {
            Execute(_deleteHistory, transaction, runId);
        }

        foreach (var write in batch.Records)
        {
            if (write.Value is null)
            {
                Execute(_delete, transaction, (int)write.Kind, write.Key);
            }
            else
            {
                Execute(_put, transaction, (int)write.Kind, write.Key, write.Value);
            }
        }

        foreach (var write in batch.Events)
        {
            Execute(_append, transaction, write.RunId, write.EventId, write.Value);
        }
    }

    public void Dispose()
    {
        foreach (var command in new[] { _read, _readAll, _readHistory, _put, _delete, _append, _deleteHistory })
        {
            command.Dispose();
        }
    }

    private static void Execute(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        Bind(command, values);
        command.Transaction = transaction;
        command.ExecuteNonQuery();
        command.Transaction = null;
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter(name, null));
        }

        return command;
    }
}
