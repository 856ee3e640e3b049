using System.Globalization;
using Amazon.Glue.Model;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Privacy;

/// <summary>
/// The objects and tables that one privacy command makes for its queries. Disposing it removes them. Those of a command that was
/// killed are removed by a later one.
/// </summary>
public sealed class PrivateRequest : IAsyncDisposable
{
    /// <summary>The prefix of all requests' objects.</summary>
    public const string RequestsPrefix = LakeZones.Private + "/requests/";

    /// <summary>How the names of all requests' tables in the private database begin.</summary>
    public const string TablePrefix = "request_";

    private const string TimeFormat = "yyyyMMddHHmmss";

    // No command runs that long.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(2);

    private readonly LakeObjects _objects;
    private readonly LakeCatalog _catalog;
    private readonly LakeOptions _options;
    private readonly string _id;
    private readonly List<string> _tables = [];

    private PrivateRequest(LakeObjects objects, LakeCatalog catalog, LakeOptions options, string id)
    {
        _objects = objects;
        _catalog = catalog;
        _options = options;
        _id = id;
    }

    /// <summary>Opens a request, and removes what killed commands have left.</summary>
    public static async Task<PrivateRequest> OpenAsync(LakeObjects objects, LakeCatalog catalog, LakeOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await RemoveAbandonedAsync(objects, catalog, options, now - Abandoned, cancellationToken);
        return new(objects, catalog, options, $"{now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}_{Guid.NewGuid():N}");
    }

    /// <summary>Returns the <c>s3://</c> URI, ending in a slash, of a folder of this request.</summary>
    public string Folder(string name) => _objects.Uri($"{RequestsPrefix}{_id}/{name}/");

    /// <summary>Writes the only object of a folder.</summary>
    public Task WriteAsync(string folder, string json, CancellationToken cancellationToken) =>
        _objects.WriteAsync($"{RequestsPrefix}{_id}/{folder}/object.json", json, cancellationToken);

    /// <summary>Registers a table under a name of this request.</summary>
    /// <param name="name">What the table is called within the request.</param>
    /// <param name="define">Returns the table's definition, given its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Its qualified and quoted name.</returns>
    public async Task<string> RegisterAsync(string name, Func<string, TableInput> define, CancellationToken cancellationToken)
    {
        var table = $"{TablePrefix}{_id}_{name}";
        _tables.Add(table);
        await _catalog.CreateAsync(_options.PrivateDatabase, define(table), cancellationToken);
        return SqlNames.Qualified(_options.PrivateDatabase, table);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The objects first: they may hold an identity. Also if the command was cancelled.
        try
        {
            await _objects.DeleteAsync($"{RequestsPrefix}{_id}/", CancellationToken.None);
        }
        finally
        {
            foreach (var table in _tables)
            {
                await _catalog.DropAsync(_options.PrivateDatabase, table, CancellationToken.None);
            }
        }
    }

    private static async Task RemoveAbandonedAsync(LakeObjects objects, LakeCatalog catalog, LakeOptions options, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await objects.DeleteAsync((await objects.ListAsync(RequestsPrefix, cancellationToken)).Where(found => IsBefore(found.Key[RequestsPrefix.Length..], before)), cancellationToken);
        foreach (var table in await catalog.ListAsync(options.PrivateDatabase, $"{TablePrefix}.*", cancellationToken))
        {
            if (table.Name.StartsWith(TablePrefix, StringComparison.Ordinal) && IsBefore(table.Name[TablePrefix.Length..], before))
            {
                await catalog.DropAsync(options.PrivateDatabase, table.Name, cancellationToken);
            }
        }
    }

    private static bool IsBefore(string id, DateTimeOffset time) =>
        id.Length > TimeFormat.Length
        && DateTimeOffset.TryParseExact(id[..TimeFormat.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var opened)
        && opened < time;
}
