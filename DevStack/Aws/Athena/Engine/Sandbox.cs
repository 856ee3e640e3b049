using System.Diagnostics;
using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// An in-memory DuckDB for one query at a time, with limited threads and memory, access to the lake's folder only, and locked
/// configuration. A query's views are in a transaction that is rolled back at its end, so that the next query does
/// not see them. Spilled data and unfinished output are in a temporary folder.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private const string Spill = "spill";

    // After a longer query it may hold much unused memory, and the time that reuse saves is small in comparison.
    private static readonly TimeSpan MaxReusableTime = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RepeatedCancel = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private DuckDBCommand? _running;
    private volatile bool _interrupted;
    private TimeSpan _busy;

    public Sandbox(string lakeRoot, string tempDirectory, int threads, int memoryMiB)
    {
        TempDirectory = tempDirectory;
        _connection.Open();
        Execute($"""
            SET threads = {threads}; SET memory_limit = '{memoryMiB}MiB'; SET TimeZone = 'UTC'; SET default_null_order = 'nulls_last'; SET enable_external_file_cache = false;
            SET temp_directory = {SqlText.Literal(Path.Combine(tempDirectory, Spill))};
            SET allowed_directories = [{SqlText.Literal(lakeRoot + Path.DirectorySeparatorChar)}];
            SET enable_external_access = false; SET lock_configuration = true;
            """);
        ClrFunctions.Register(_connection, ThrowIfInterrupted);
        CsvFields.Register(_connection);
        Execute(MacroLibrary.Script);
    }

    /// <summary>A folder for the query's output, emptied at the query's end and deleted with the sandbox.</summary>
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

    /// <summary>Stops the running statement and all later ones with <see cref="OperationCanceledException"/>. Thread-safe.</summary>
    public void Interrupt()
    {
        _interrupted = true;
        if (TryCancel())
        {
            _ = CancelAgainAsync();
        }
    }

    /// <summary>Ends work for the query outside of DuckDB.</summary>
    /// <exception cref="OperationCanceledException">The query was stopped.</exception>
    public void ThrowIfInterrupted()
    {
        if (_interrupted)
        {
            throw new OperationCanceledException();
        }
    }

    /// <summary>Begins a query's transaction, whose start is the query's <c>now()</c>.</summary>
    public Sandbox Begin()
    {
        Execute("BEGIN TRANSACTION");
        return this;
    }

    /// <summary>Resets the sandbox for another query. No statement may be running.</summary>
    /// <returns>Whether the sandbox can be reused; if not, the caller disposes it.</returns>
    public bool TryReset()
    {
        if (_busy > MaxReusableTime)
        {
            return false;
        }

        try
        {
            Execute("ROLLBACK");
            foreach (var entry in new DirectoryInfo(TempDirectory).EnumerateFileSystemInfos().Where(entry => entry.Name != Spill))
            {
                if (entry is DirectoryInfo folder)
                {
                    folder.Delete(recursive: true);
                }
                else
                {
                    entry.Delete();
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

    // DuckDB forgets an interrupt that comes just before a statement starts to run.
    private async Task CancelAgainAsync()
    {
        do
        {
            await Task.Delay(RepeatedCancel);
        }
        while (TryCancel());
    }

    private bool TryCancel()
    {
        lock (_gate)
        {
            _running?.Cancel();
            return _running is not null;
        }
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
        // DuckDB may miss an interrupt between two chunks.
        ThrowIfInterrupted();
        return result;
    }
}
