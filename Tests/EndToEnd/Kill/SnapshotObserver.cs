using Amazon.Glue.Model;
using Amazon.Runtime;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Worker.Local;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>
/// A reader that never stops looking: at what is published, whether the program is up or down, and at what the catalogue's
/// tables point at. It keeps what nobody should have seen.
/// </summary>
internal sealed class SnapshotObserver(KillFolder folder, IReadOnlyDictionary<string, TableChecksum> expected) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<long> _checkedGenerations = [];
    private readonly HashSet<string> _publishedLocations = [];
    private Task _watching = Task.CompletedTask;

    public List<string> Faults { get; } = [];

    /// <summary>How often it looked and saw a snapshot, and how often the catalogue answered.</summary>
    public (int Snapshots, int Tables) Looks { get; private set; }

    public void Start() => _watching = WatchAsync();

    /// <summary>Stops looking, and fails if it could not look.</summary>
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
                LookAtSnapshot();
                await LookAtTablesAsync();
            }
            catch (Exception e) when (e is not (AmazonClientException or HttpRequestException or IOException))
            {
                Faults.Add($"The reader met {e}");
            }
            catch (Exception)
            {
                // The program was killed while it answered.
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private void LookAtSnapshot()
    {
        if (folder.ReadLog() is not { Current: var current })
        {
            return;
        }

        Looks = Looks with { Snapshots = Looks.Snapshots + 1 };
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

    private async Task LookAtTablesAsync()
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
                Looks = Looks with { Tables = Looks.Tables + 1 };
                var location = table.Table.StorageDescriptor.Location;
                LookAtSnapshot();
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
