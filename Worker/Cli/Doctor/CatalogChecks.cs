using Amazon.Glue;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>Checks the Glue permissions of a run without leaving tables or crawlers behind.</summary>
internal sealed class CatalogChecks(IAmazonGlue glue, LakeOptions lake)
{
    private const string NotFound = nameof(EntityNotFoundException);

    private readonly IReadOnlyList<string> _owned = [lake.Database, lake.WorkDatabase];
    private readonly HashSet<string> _found = [];
    private readonly HashSet<string> _cleanable = [];
    private readonly string _table = NewTableName();

    /// <summary>The checks, in the order in which a run needs their subjects.</summary>
    public IReadOnlyList<Check> All => [
        .. ((string[])[lake.Database, lake.WorkDatabase, lake.PrivateDatabase]).Select(database => new Check(
            $"Glue database {database}",
            $"Make it with deploy/lakehouse.yaml, or grant glue:GetDatabase on database/{database}.",
            async token =>
            {
                await glue.GetDatabaseAsync(new() { Name = database }, token);
                _found.Add(database);
                return "there";
            })),
        Tables("glue:CreateDatabase", TryToCreateDatabaseAsync, nameof(AlreadyExistsException)),
        Tables("glue:GetTable", (database, token) => glue.GetTableAsync(new() { DatabaseName = database, Name = PermissionProbe.NewName() }, token), NotFound),
        Tables("glue:GetTables", (database, token) => glue.GetTablesAsync(new() { DatabaseName = database, MaxResults = 1 }, token)),
        Tables("glue:UpdateTable", (database, token) => glue.UpdateTableAsync(new() { DatabaseName = database, TableInput = Table(NewTableName()) }, token), NotFound),
        Tables("glue:DeleteTable", async (database, token) =>
        {
            try
            {
                await glue.DeleteTableAsync(new() { DatabaseName = database, Name = PermissionProbe.NewName() }, token);
            }
            catch (EntityNotFoundException)
            {
                // Permitted.
            }

            _cleanable.Add(database);
        }),
        Tables("glue:CreateTable", CreateAndDropAsync),
        Crawlers("glue:GetCrawler", (crawler, token) => glue.GetCrawlerAsync(new() { Name = crawler }, token)),
        Crawlers("glue:UpdateCrawler", (crawler, token) => glue.UpdateCrawlerAsync(new() { Name = crawler + PermissionProbe.NewName() }, token)),
        Crawlers("glue:StartCrawler", (crawler, token) => glue.StartCrawlerAsync(new() { Name = crawler + PermissionProbe.NewName() }, token)),
        new("glue:CreateCrawler", Grant("glue:CreateCrawler", "*", $"and iam:PassRole on the role {lake.CrawlerRole}"), TryToCreateAsync),
    ];

    private Check Tables(string action, Func<string, CancellationToken, Task> call, params string[] granted) =>
        new(action, Grant(action, string.Join(", ", _owned.SelectMany(database => (string[])[$"database/{database}", $"table/{database}/*"])), "and on catalog"), token => PermissionProbe.EachAsync(_owned, place => call(place, token), granted));

    private static Check Crawlers(string action, Func<string, CancellationToken, Task> call) =>
        new(action, Grant(action, "crawler/stedi-*", "as the worker's role in deploy/lakehouse.yaml has it"), token => PermissionProbe.EachAsync(CrawlerNames, name => call(name, token), NotFound));

    private static IReadOnlyList<string> CrawlerNames => [.. LandingSources.All.Select(LandingCrawler.NameOf)];

    // Creating a database that exists fails and leaves nothing; creating a new one would leave it.
    private Task TryToCreateDatabaseAsync(string database, CancellationToken cancellationToken) => _found.Contains(database)
        ? glue.CreateDatabaseAsync(new() { DatabaseInput = new() { Name = database } }, cancellationToken)
        : throw new CheckNotTriedException($"it would make the database {database}");

    // The name is the same if the check is repeated, so that no table stays behind.
    private async Task CreateAndDropAsync(string database, CancellationToken cancellationToken)
    {
        if (!_cleanable.Contains(database))
        {
            throw new CheckNotTriedException($"a table in {database} could not be removed");
        }

        try
        {
            await glue.CreateTableAsync(new() { DatabaseName = database, TableInput = Table(_table) }, cancellationToken);
        }
        catch (AlreadyExistsException)
        {
            // An earlier attempt made it.
        }

        await glue.DeleteTableAsync(new() { DatabaseName = database, Name = _table }, cancellationToken);
    }

    // Creating a crawler that exists fails and leaves nothing; creating a new one would leave it.
    private async Task<string> TryToCreateAsync(CancellationToken cancellationToken)
    {
        var name = CrawlerNames[0];
        try
        {
            await glue.GetCrawlerAsync(new() { Name = name }, cancellationToken);
        }
        catch (EntityNotFoundException)
        {
            return "not tried, because it would leave a crawler: the first run makes them";
        }
        catch (AmazonGlueException e)
        {
            throw new CheckNotTriedException($"glue:GetCrawler fails ({e.ErrorCode})");
        }

        try
        {
            await glue.CreateCrawlerAsync(
                new() { Name = name, Role = lake.CrawlerRole, DatabaseName = lake.Database, Targets = new() { S3Targets = [new() { Path = $"s3://{lake.Bucket}/{LandingSources.Prefix(LandingSources.Customer)}" }] } },
                cancellationToken);
        }
        catch (AlreadyExistsException)
        {
            // Permitted.
        }

        return "the crawlers are there";
    }

    private static string NewTableName() => PermissionProbe.NewName().Replace('-', '_');

    private TableInput Table(string name) => new()
    {
        Name = name,
        StorageDescriptor = new() { Location = $"s3://{lake.Bucket}/{lake.ResultsPrefix}doctor/", Columns = [new() { Name = "x", Type = "int" }] },
    };

    private static string Grant(string action, string resources, string more) => $"Grant {action} on {resources}, {more}.";
}
