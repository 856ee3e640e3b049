using Amazon.Glue.Model;
using Amazon.Runtime;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Worker.Local;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>
/// Reads continuously what is published, whether the program is up or down, and the locations of the catalogue's tables. Records
/// every state that must not be visible.
/// </summary>
internal sealed class SnapshotObserver(KillFolder folder, IReadOnlyDictionary<string, TableChecksum> expected) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<long> _checkedGenerations = [];
    private readonly HashSet<string> _publishedLocations = [];
    private Task _watching = Task.CompletedTask;

    public List<string> Faults { get; } = [];

    /// <summary>How often it saw a snapshot, and how often the catalogue returned a table.</summary>
    public (int Snapshots, int Tables) Observations { get; private set; }

    public void Start() => _watching = WatchAsync();

    /// <summary>Stops reading, and fails if reading failed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                ObserveSnapshot();
                await ObserveTablesAsync();
            }
            catch (Exception e) when (e is not (AmazonClientException or HttpRequestException or IOException))
            {
                Faults.Add($"The reader failed: {e}");
            }
            catch (Exception)
            {
                // The program was killed while it answered the request.
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private void ObserveSnapshot()
    {
        if (folder.ReadLog() is not { Current: var current })
        {
            return;
        }

        Observations = Observations with { Snapshots = Observations.Snapshots + 1 };
        _publishedLocations.UnionWith(current.Tables.Select(table => table.Location));
        if (_checkedGenerations.Add(current.Generation))
        {
            Faults.AddRange(FindFaults(current));
        }
    }

    private IEnumerable<string> FindFaults(Snapshot snapshot)
    {
        if (!snapshot.Tables.Select(table => table.Name).Order().SequenceEqual(LakeTables.All.Order()))
        {
            yield return $"Snapshot {snapshot.Generation} has {string.Join(", ", snapshot.Tables.Select(table => table.Name))}";
        }

        foreach (var table in snapshot.Tables)
        {
            var found = TableChecksum.Of(folder.DirectoryOf(table.Location));
            if (found != expected[table.Name] || found.Rows != table.Rows)
            {
                yield return $"Snapshot {snapshot.Generation} has a {table.Name} of {found}, and {expected[table.Name]} was expected";
            }
        }
    }

    private async Task ObserveTablesAsync()
    {
        if (StackLock.ReadAddress(folder.Stack)?.Aws is not { } endpoint)
        {
            return;
        }

        using var clients = AwsClients.OfEndpoint(endpoint, AccessKeys.Reader);
        foreach (var name in LakeTables.All)
        {
            try
            {
                var table = await clients.Glue.GetTableAsync(new() { DatabaseName = "stedi", Name = name }, _stop.Token);
                Observations = Observations with { Tables = Observations.Tables + 1 };
                var location = table.Table.StorageDescriptor.Location;
                ObserveSnapshot();
                if (!_publishedLocations.Contains(location.TrimEnd('/') + "/"))
                {
                    Faults.Add($"{name} points at {location}, which was never published");
                }
            }
            catch (EntityNotFoundException)
            {
                // Nothing was published yet.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
