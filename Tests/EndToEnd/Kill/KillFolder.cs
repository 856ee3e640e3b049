using System.Text.Json;
using Microsoft.Data.Sqlite;
using Stedi.DevStack.Temporal;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Workflows;
using Temporalio.Client;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>A folder in which the program runs, with settings for quick tests, and checks of its state while nothing runs.</summary>
internal sealed class KillFolder : IDisposable
{
    public const string WorkflowId = "stedi-lakehouse";

    private const string Settings = """
        temporal:
          port: 0
          heartbeatSeconds: 1
        aws:
          port: 0
          memoryMiB: 512
        landing:
          scale: 0.05
        """;

    public KillFolder() => File.WriteAllText(System.IO.Path.Combine(Path, "temporal-dev.yaml"), Settings);

    public string Path { get; } = Directory.CreateTempSubdirectory("stedi-kill-").FullName;

    public StackFolder Stack => StackFolder.Below(Path);

    public string Bucket => System.IO.Path.Combine(Stack.Lake, AwsSettings.EmbeddedBucket);

    /// <summary>Copies the folder. Nothing may run in it meanwhile.</summary>
    public KillFolder Copy()
    {
        var copy = new KillFolder();
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(copy.Path, System.IO.Path.GetRelativePath(Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        return copy;
    }

    /// <summary>What is published, or null.</summary>
    public SnapshotLog? ReadLog()
    {
        try
        {
            return JsonSerializer.Deserialize<SnapshotLog>(File.ReadAllBytes(System.IO.Path.Combine(Bucket, "snapshots", "current.json")), StediDataConverter.Json);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The folder of a location's files.</summary>
    public string DirectoryOf(string location) => System.IO.Path.Combine(Stack.Lake, new Uri(location).Host, new Uri(location).AbsolutePath.Trim('/'));

    /// <summary>Measures the steps of the latest run.</summary>
    public async Task<IReadOnlyDictionary<string, TimeSpan>> MeasureStepsAsync(CancellationToken cancellationToken)
    {
        await using var server = await TemporalServer.StartAsync(new() { StateFile = TemporalState }, cancellationToken);
        var client = await TemporalClient.ConnectAsync(new(server.Target));
        return await RunSteps.MeasureAsync(client.GetWorkflowHandle(WorkflowId));
    }

    /// <summary>Finds objects that a completed run must not leave behind.</summary>
    public async Task<IReadOnlyList<string>> FindLeftoversAsync(CancellationToken cancellationToken)
    {
        var log = ReadLog() ?? throw new InvalidOperationException("Nothing is published.");
        var kept = log.All.SelectMany(snapshot => snapshot.Tables).Select(table => DirectoryOf(table.Location)).ToHashSet();
        var outputs = new[] { "staged", "trusted", "curated" }.SelectMany(zone => Files(System.IO.Path.Combine(Bucket, zone)));
        return
        [
            .. outputs.Where(file => !kept.Contains(System.IO.Path.GetDirectoryName(file)!)),
            .. Files(System.IO.Path.Combine(Bucket, "runs")),
            .. Files(Stack.State).Where(file => !System.IO.Path.GetFileName(file).Contains(".db", StringComparison.Ordinal)),
            .. Select(AwsState, "SELECT 'work table ' || name FROM table_version WHERE current = 1 AND database = 'stedi_work'"),
            .. Select(AwsState, "SELECT 'query ' || id || ' is ' || state FROM query WHERE state IN ('QUEUED', 'RUNNING')"),
            .. await RunMarkersAsync(cancellationToken),
        ];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string TemporalState => System.IO.Path.Combine(Stack.State, "temporal.db");

    private string AwsState => System.IO.Path.Combine(Stack.State, "aws", "aws.db");

    private async Task<IReadOnlyList<string>> RunMarkersAsync(CancellationToken cancellationToken)
    {
        await using var server = await TemporalServer.StartAsync(new() { StateFile = TemporalState }, cancellationToken);
        var client = await TemporalClient.ConnectAsync(new(server.Target));
        var open = new List<string>();
        await foreach (var run in client.ListWorkflowsAsync("ExecutionStatus = 'Running'").WithCancellation(cancellationToken))
        {
            open.Add($"open run {run.RunId} of {run.Id}");
        }

        return open;
    }

    private static IEnumerable<string> Files(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories) : [];

    private static List<string> Select(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }
}
