using Stedi.DevStack.Temporal.Http;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Worker.Cli.Lineage;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Worker.Local;

/// <summary>The lineage of the published tables, for the web page of the embedded Temporal server.</summary>
internal sealed class LineagePage : IAsyncDisposable
{
    private readonly Lazy<AwsClients> _clients;
    private readonly StediSettings _settings;

    /// <param name="aws">The endpoint of embedded AWS; null before it has started.</param>
    /// <param name="settings">The settings of the stack.</param>
    public LineagePage(Func<Uri?> aws, StediSettings settings)
    {
        _settings = settings;
        // PublicationOnly does not cache the exception of a call that comes too early.
        _clients = new(() => Open(aws(), settings.Aws), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The graph.</summary>
    public PageGraph Graph => new("Lineage", ReadAsync);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_clients.IsValueCreated)
        {
            _clients.Value.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static AwsClients Open(Uri? endpoint, AwsSettings settings) =>
        endpoint is not null ? AwsClients.OfEndpoint(endpoint, AccessKeys.Reader)
        : settings.IsEmbedded ? throw new InvalidOperationException("the lake is still being brought up.")
        : AwsClients.OfAccount(settings);

    private async Task<PageGraphContent> ReadAsync(CancellationToken cancellationToken)
    {
        var reader = new LineageReader(new(_clients.Value.S3, _settings.LakeOptions, TimeProvider.System));
        if (await reader.FindPublishedAsync(cancellationToken) is not { } runId)
        {
            return new("Nothing is published yet.", []);
        }

        var graph = LineageGraph.Read(runId, await reader.ReadEventsAsync(runId, cancellationToken));
        return new($"What the published tables were made of, in run {runId}.", [.. graph.Steps.Where(step => IsTable(step.Output)).Select(step => NodeOf(graph, step))]);
    }

    private static PageGraphNode NodeOf(LineageGraph graph, LineageStep step) => new(
        step.Output,
        LakeContract.ZoneOf(step.Output),
        [.. step.Inputs.SelectMany(input => Visible(graph, input)).Distinct()],
        [.. step.Columns.GroupBy(column => column.Name).Select(origins => DetailOf(graph, step, origins))]);

    private static PageGraphDetail DetailOf(LineageGraph graph, LineageStep step, IGrouping<string, LineageColumn> origins)
    {
        var ways = origins.Select(origin => IsStaged(origin.FromTable) ? graph.Trace(origin.FromTable, origin.FromColumn).Take(1).Prepend(origin) : [origin]).ToList();
        return new(
            origins.Key,
            [.. ways.Select(way => PlaceOf(way.Last())).Distinct()],
            string.Join(", then ", ways.SelectMany(way => way.Reverse()).Select(hop => hop.How).Where(how => how.Length > 0).Distinct()));
    }

    private static bool IsTable(string name) => !name.Contains('/', StringComparison.Ordinal) && !IsStaged(name);

    // Staged tables are dropped when the run ends, so the page shows what they were derived from.
    private static bool IsStaged(string table) => LandingSources.All.Any(source => LakeContract.Source(source).StagedTable == table);

    private static IEnumerable<string> Visible(LineageGraph graph, string input) =>
        IsStaged(input) ? graph.Steps.Where(step => step.Output == input).SelectMany(step => step.Inputs) : [input];

    private static string PlaceOf(LineageColumn origin) =>
        origin.FromTable.EndsWith('/') ? $"{origin.FromColumn} in the files of {origin.FromTable}" : $"{origin.FromTable}.{origin.FromColumn}";
}
