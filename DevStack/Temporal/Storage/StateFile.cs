using Microsoft.Data.Sqlite;

namespace Stedi.DevStack.Temporal.Storage;

/// <summary>Opens the SQLite file of a server, or refuses it and leaves it as it was.</summary>
internal static class StateFile
{
    // "STDT": tells our files from any other SQLite database.
    private const int ApplicationId = 0x53544454;
    private const int Version = 2;
    private const int Busy = 5;
    private const int Locked = 6;

    /// <summary>A connection that owns the file: no other process can open it until this one closes or dies.</summary>
    /// <exception cref="TemporalServerException">The file is damaged, somebody else's, in use, or from a newer version.</exception>
    public static SqliteConnection Open(string path)
    {
        try
        {
            if (File.Exists(path) && new FileInfo(path).Length > 0)
            {
                Inspect(path);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return Own(path);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Busy or Locked)
        {
            throw new TemporalServerException($"The state file {path} is in use by another server: stop that one, or choose another file.", e);
        }
        catch (SqliteException e)
        {
            throw Damaged(path, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TemporalServerException($"The state file {path} cannot be opened: {e.Message}", e);
        }
    }

    private static void Inspect(string path)
    {
        using var connection = Connect(path, SqliteOpenMode.ReadOnly);
        var applicationId = (long)Scalar(connection, "PRAGMA application_id");
        if (applicationId == 0 && Scalar(connection, "SELECT count(*) FROM sqlite_master") is 0L)
        {
            // Empty: the server that made it was killed before it wrote anything.
            return;
        }

        if (applicationId != ApplicationId)
        {
            throw new TemporalServerException($"{path} is not a state file of this server; it was left untouched. Choose another file.");
        }

        var version = (long)Scalar(connection, "PRAGMA user_version");
        if (version > Version)
        {
            throw new TemporalServerException(
                $"The state file {path} was written by a newer version (format {version}, this one reads {Version}); it was left untouched. Update, or choose another file.");
        }

        if (Scalar(connection, "PRAGMA quick_check(1)") is not "ok")
        {
            throw Damaged(path, "it fails SQLite's own check");
        }
    }

    private static SqliteConnection Own(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // Exclusive before WAL: one process, and no shared-memory file. A killed process leaves a
            // complete log, which is why NORMAL is enough: only a power cut could lose the last commits.
            Execute(connection, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8192; PRAGMA cache_size = -65536;");
            Execute(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");
            using var schema = new StreamReader(typeof(StateFile).Assembly.GetManifestResourceStream("schema.sql")!);
            Execute(connection, schema.ReadToEnd());
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static object Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static TemporalServerException Damaged(string path, string why, Exception? inner = null) => new(
        $"The state file {path} is damaged ({why}); it was left untouched. Restore a copy, or move it away to begin with an empty one.", inner);
}
