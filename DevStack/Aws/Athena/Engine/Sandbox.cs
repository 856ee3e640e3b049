using System.Diagnostics;
using DuckDB.NET.Data;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// A DuckDB for one query at a time: in memory, with bounded threads and memory, able to reach the lake's folder and nothing
/// else, its configuration locked. What a query makes known to it (macros, views) is in a transaction that is rolled back at
/// the query's end, so the next one finds nothing of it. Spilled data and unfinished output lie in a scratch folder.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private const string Spill = "spill";

    // One that worked longer may hold much memory that no query uses, and what it saves the next query is nothing beside its work.
    private static readonly TimeSpan WorthKeeping = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private DuckDBCommand? _running;
    private bool _interrupted;
    private TimeSpan _busy;

    public Sandbox(string lakeRoot, string scratch, int threads, int memoryMiB)
    {
        TempDirectory = scratch;
        _connection.Open();
        Execute($"""
            SET threads = {threads}; SET memory_limit = '{memoryMiB}MiB'; SET TimeZone = 'UTC'; SET default_null_order = 'nulls_last'; SET enable_external_file_cache = false;
            SET temp_directory = {SqlText.Literal(Path.Combine(scratch, Spill))};
            SET allowed_directories = [{SqlText.Literal(lakeRoot + Path.DirectorySeparatorChar)}];
            SET enable_external_access = false; SET lock_configuration = true;
            """);
        ClrFunctions.Register(_connection, ThrowIfInterrupted);
    }

    /// <summary>A folder for the query's output; it is emptied at the query's end, and deleted with the sandbox.</summary>
    public string TempDirectory { get; }

    /// <summary>Returns the number of rows changed or copied.</summary>
    public int Execute(string sql) => Run(sql, command => command.ExecuteNonQuery());

    public List<T> Query<T>(string sql, Func<DuckDBDataReader, T> read)
    {
        var rows = new List<T>();
        Read(sql, reader =>
        {
            while (reader.Read())
            {
                rows.Add(read(reader));
            }
        });
        return rows;
    }

    /// <summary>Reads a result of any size, a chunk at a time.</summary>
    public void Read(string sql, Action<DuckDBDataReader> read) => Run(sql, command =>
    {
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        read(reader);
        return 0;
    });

    /// <summary>Stops what runs, and all that would run later, with <see cref="OperationCanceledException"/>. Callable from any thread.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            _interrupted = true;
            _running?.Cancel();
        }
    }

    /// <summary>Begins a query's transaction; the query's <c>now()</c> is this moment.</summary>
    public Sandbox Begin()
    {
        Execute("BEGIN TRANSACTION");
        return this;
    }

    /// <summary>Makes it as new, for another query. Nothing of it may still run.</summary>
    /// <returns>Whether it can and should be used again; if not, it is to be disposed.</returns>
    public bool TryReset()
    {
        if (_busy > WorthKeeping)
        {
            return false;
        }

        try
        {
            Execute("ROLLBACK");
            foreach (var left in new DirectoryInfo(TempDirectory).EnumerateFileSystemInfos().Where(left => left.Name != Spill))
            {
                if (left is DirectoryInfo folder)
                {
                    folder.Delete(recursive: true);
                }
                else
                {
                    left.Delete();
                }
            }
            _busy = TimeSpan.Zero;
            return true;
        }
        catch (Exception e) when (e is DuckDBException or OperationCanceledException or IOException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        Directory.Delete(TempDirectory, recursive: true);
    }

    private int Run(string sql, Func<DuckDBCommand, int> run)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        lock (_gate)
        {
            ThrowIfInterrupted();
            _running = command;
        }
        int result;
        var started = Stopwatch.GetTimestamp();
        try
        {
            result = run(command);
        }
        catch (DuckDBException) when (_interrupted)
        {
            throw new OperationCanceledException();
        }
        finally
        {
            _busy += Stopwatch.GetElapsedTime(started);
            lock (_gate)
            {
                _running = null;
            }
        }
        // An interrupt between two chunks may not reach DuckDB.
        ThrowIfInterrupted();
        return result;
    }

    private void ThrowIfInterrupted()
    {
        if (_interrupted)
        {
            throw new OperationCanceledException();
        }
    }
}
