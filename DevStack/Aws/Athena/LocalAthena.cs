using Microsoft.Extensions.Logging;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Executions;
using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.DevStack.Aws.Configuration;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena;

/// <summary>Composes the parts of the local Athena.</summary>
internal sealed class LocalAthena : IAsyncDisposable
{
    private readonly SyntaxTree _syntax = new();
    private readonly QueryQueue _queue;
    private readonly QueryOperations _queries;
    private readonly ILogger _logger;

    public LocalAthena(LocalAwsOptions options, StateDatabase state, Lake lake, GlueCatalog catalog, PartitionStore partitions, AccessPolicy policy, ILogger logger)
    {
        _logger = logger;
        var time = options.TimeProvider;
        var translator = new TrinoTranslator(_syntax, new CastPushdown(new JsonTextColumns(catalog).Contains));
        var formats = new TableFormats();
        var errors = new DuckDbErrorTranslator(lake.Root);
        var pool = new SandboxPool(options, lake);
        var sources = new QuerySources(catalog, new TableFiles(lake, partitions, policy), new TableView(lake, formats), formats, new InformationSchemaViews(catalog), translator, policy);
        var preparation = new QueryPreparation(translator, sources, pool, errors);
        var output = new FileOutput(lake, policy, errors);
        var manifests = new ManifestFile(lake);
        var authorized = new AuthorizedCatalog(catalog, policy);
        var folders = new TablePartitions(catalog, partitions, lake);
        var text = new TextResult(lake);
        var prepared = new PreparedStatements(state, time);
        var executor = new StatementExecutor(
            new SelectExecution(preparation, errors, lake),
            new UnloadExecution(preparation, output, manifests),
            new CreateTableAsExecution(preparation, output, manifests, authorized, folders),
            new InsertExecution(preparation, output, manifests, authorized, folders),
            new DdlExecution(authorized, folders, preparation, text),
            new ShowExecution(authorized, folders, preparation, text),
            prepared, text, policy);
        var store = new QueryStore(state);
        var groups = new WorkGroups(state, time);
        _queue = new QueryQueue(executor, store, pool, options, logger);
        _queries = new QueryOperations(store, _queue, groups, policy, time);
        Endpoint = AthenaEndpoint.Create(_queries, new ResultOperations(_queries, lake, policy), new WorkGroupOperations(groups, policy), new MetadataOperations(catalog), new PreparedStatementOperations(prepared));
    }

    public AwsJsonEndpoint Endpoint { get; }

    public void Start()
    {
        _queue.Start();
        _queries.Resume(_logger);
    }

    public Task StopAsync() => _queue.DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _syntax.Dispose();
    }
}
