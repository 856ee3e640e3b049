using Microsoft.Data.Sqlite;

namespace Stedi.DevStack.Common;

/// <summary>The kind of a state file: how to recognise it, how to create it and how to write it.</summary>
/// <param name="Name">Whose file it is, for messages.</param>
/// <param name="ApplicationId">SQLite's application_id; 0 for files without one.</param>
/// <param name="Version">SQLite's user_version. A file of a later version is refused.</param>
/// <param name="Schema">Statements that create or update the tables; executed in one transaction if the file's version is lower.</param>
/// <param name="Settings">PRAGMA statements for every connection, such as the synchronous mode.</param>
public sealed record StateFileFormat(string Name, int ApplicationId, int Version, string Schema, string Settings);

/// <summary>Opens a server's SQLite file, or refuses it and leaves it unchanged.</summary>
public static class StateFile
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>Returns a connection that owns the file: no other process can open it until the connection is closed or its process ends.</summary>
    /// <exception cref="StateFileException">The file is damaged, of another program, in use, or of a newer version.</exception>
    public static SqliteConnection Open(string path, StateFileFormat format)
    {
        try
        {
            var version = File.Exists(path) && new FileInfo(path).Length > 0 ? Inspect(path, format) : 0;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return OpenExclusively(path, format, version);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Busy or Locked)
        {
            throw new StateFileException($"{path} is in use by another process. Stop that process first, or use another file.", e);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            throw Damaged(path, e.Message, e);
        }
        catch (Exception e) when (e is SqliteException or UnauthorizedAccessException or IOException and not StateFileException)
        {
            throw new StateFileException($"{path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Returns the file's version, which is 0 if its creation was interrupted.</summary>
    private static int Inspect(string path, StateFileFormat format)
    {
        using var connection = Connect(path, SqliteOpenMode.ReadOnly);
        var applicationId = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        if (applicationId == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_master") == 0)
        {
            return 0;
        }

        if (applicationId != format.ApplicationId)
        {
            throw new StateFileException($"{path} is not a state file of {format.Name}; it was left untouched. Use another file.");
        }

        if (version > format.Version)
        {
            throw new StateFileException(
                $"{path} was written by a newer version of this program (format {version}, this one reads up to {format.Version}); it was left untouched. Use that version, or move the file away to start with an empty one.");
        }

        if (Scalar(connection, "PRAGMA quick_check(1)") is not "ok")
        {
            throw Damaged(path, "it fails SQLite's integrity check");
        }

        return version;
    }

    private static SqliteConnection OpenExclusively(string path, StateFileFormat format, int version)
    {
        var connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // Exclusive mode before WAL: one process, and no shared-memory file.
            Execute(connection, $"PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; {format.Settings}");

            // One transaction: a process killed here leaves an empty file or a complete one. It takes the exclusive lock in any case.
            var changes = version < format.Version
                ? $"{format.Schema} PRAGMA application_id = {format.ApplicationId}; PRAGMA user_version = {format.Version};"
                : "";
            Execute(connection, $"BEGIN IMMEDIATE; {changes} COMMIT;");
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
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static int Number(SqliteConnection connection, string sql) => (int)(long)Scalar(connection, sql);

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

    private static StateFileException Damaged(string path, string why, Exception? inner = null) => new(
        $"{path} is damaged ({why}); it was left untouched. Restore a copy, or move it away to start with an empty one.", inner);
}

/// <summary>The state file cannot be used; it was left unchanged. The message says what to do.</summary>
public sealed class StateFileException(string message, Exception? inner = null) : IOException(message, inner);
