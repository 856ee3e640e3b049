using Amazon.Glue;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Resilience;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>The databases and tables of the lake in the Glue Data Catalog.</summary>
public sealed class LakeCatalog(IAmazonGlue glue, TimeProvider time)
{
    private readonly AwsResiliencePipeline _calls = new("Glue", time);

    /// <summary>Creates a database if it does not exist.</summary>
    public async Task EnsureDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        try
        {
            await _calls.ExecuteAsync("glue:GetDatabase", token => glue.GetDatabaseAsync(new() { Name = database }, token), cancellationToken);
        }
        catch (EntityNotFoundException)
        {
            try
            {
                var request = new CreateDatabaseRequest { DatabaseInput = new() { Name = database } };
                await _calls.ExecuteAsync("glue:CreateDatabase", token => glue.CreateDatabaseAsync(request, token), cancellationToken);
            }
            catch (AlreadyExistsException)
            {
                // Another run has created it.
            }
        }
    }

    /// <summary>Returns a table, or null if it does not exist.</summary>
    public async Task<Table?> FindAsync(string database, string table, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetTableRequest { DatabaseName = database, Name = table };
            return (await _calls.ExecuteAsync("glue:GetTable", token => glue.GetTableAsync(request, token), cancellationToken)).Table;
        }
        catch (EntityNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Returns the tables of a database whose names match a regular expression.</summary>
    public async Task<IReadOnlyList<Table>> ListAsync(string database, string expression, CancellationToken cancellationToken)
    {
        var found = new List<Table>();
        var request = new GetTablesRequest { DatabaseName = database, Expression = expression };
        do
        {
            GetTablesResponse page;
            try
            {
                page = await _calls.ExecuteAsync("glue:GetTables", token => glue.GetTablesAsync(request, token), cancellationToken);
            }
            catch (EntityNotFoundException)
            {
                return [];
            }

            found.AddRange(page.TableList ?? []);
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));

        return found;
    }

    /// <summary>Creates or replaces a table's definition.</summary>
    public async Task RegisterAsync(string database, TableInput table, CancellationToken cancellationToken)
    {
        try
        {
            var request = new CreateTableRequest { DatabaseName = database, TableInput = table };
            await _calls.ExecuteAsync("glue:CreateTable", token => glue.CreateTableAsync(request, token), cancellationToken);
        }
        catch (AlreadyExistsException)
        {
            await ReplaceAsync(database, table, versionId: null, cancellationToken);
        }
    }

    /// <summary>Replaces a table's definition. Glue keeps no copy of the old one: an account has a limit of versions, and snapshots are kept elsewhere.</summary>
    /// <param name="database">The database.</param>
    /// <param name="table">The new definition.</param>
    /// <param name="versionId">The expected version of the current definition, or null for any.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ConcurrentModificationException">The definition has another version.</exception>
    public Task ReplaceAsync(string database, TableInput table, string? versionId, CancellationToken cancellationToken)
    {
        var request = new UpdateTableRequest { DatabaseName = database, TableInput = table, VersionId = versionId, SkipArchive = true };
        return _calls.ExecuteAsync("glue:UpdateTable", token => glue.UpdateTableAsync(request, token), cancellationToken);
    }

    /// <summary>Creates a table that does not exist yet.</summary>
    /// <exception cref="AlreadyExistsException">The table exists.</exception>
    public Task CreateAsync(string database, TableInput table, CancellationToken cancellationToken)
    {
        var request = new CreateTableRequest { DatabaseName = database, TableInput = table };
        return _calls.ExecuteAsync("glue:CreateTable", token => glue.CreateTableAsync(request, token), cancellationToken);
    }

    /// <summary>Removes a table's definition, not its data. Does nothing if it does not exist.</summary>
    public async Task DropAsync(string database, string table, CancellationToken cancellationToken)
    {
        try
        {
            var request = new DeleteTableRequest { DatabaseName = database, Name = table };
            await _calls.ExecuteAsync("glue:DeleteTable", token => glue.DeleteTableAsync(request, token), cancellationToken);
        }
        catch (EntityNotFoundException)
        {
            // Dropped already, for example by an earlier attempt.
        }
    }
}
