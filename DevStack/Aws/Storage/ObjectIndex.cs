using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stedi.DevStack.Aws.Storage;

/// <summary>
/// Stores ETags and headers of objects that were written through S3. A row is valid only while size and modification time match the
/// file, so that a file that was changed or added outside S3 never gets another file's ETag.
/// </summary>
internal sealed class ObjectIndex(StateDatabase state)
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    private sealed record Row(string Key, long Size, long Modified, string ETag, string Headers);

    public StoredObject Describe(string bucket, string key, long size, DateTime modified)
    {
        var row = state.Single("SELECT key, size, modified, etag, headers FROM object WHERE bucket = $1 AND key = $2", Read, bucket, key);
        return Describe(key, size, modified, row);
    }

    public List<StoredObject> Describe(string bucket, IReadOnlyList<(string Key, long Size, DateTime Modified)> files)
    {
        if (files.Count == 0)
        {
            return [];
        }

        var rows = state.Query("SELECT key, size, modified, etag, headers FROM object WHERE bucket = $1 AND key >= $2 AND key <= $3", Read,
                bucket, files[0].Key, files[^1].Key)
            .ToDictionary(r => r.Key, StringComparer.Ordinal);
        return [.. files.Select(f => Describe(f.Key, f.Size, f.Modified, rows.GetValueOrDefault(f.Key)))];
    }

    public void Set(string bucket, string key, long size, DateTime modified, string etag, IReadOnlyDictionary<string, string> headers) =>
        state.Execute("INSERT OR REPLACE INTO object (bucket, key, size, modified, etag, headers) VALUES ($1, $2, $3, $4, $5, $6)",
            bucket, key, size, modified.Ticks, etag, JsonSerializer.Serialize(headers));

    public void Remove(string bucket, string key) =>
        state.Execute("DELETE FROM object WHERE bucket = $1 AND key = $2", bucket, key);

    private static StoredObject Describe(string key, long size, DateTime modified, Row? row)
    {
        var known = row is not null && row.Size == size && row.Modified == modified.Ticks;
        return new StoredObject(key, size, new DateTimeOffset(modified), known ? row!.ETag : IdentityETag(key, size, modified),
            known ? JsonSerializer.Deserialize<Dictionary<string, string>>(row!.Headers)! : NoHeaders);
    }

    // Not an MD5 of the content. Clients recognise that by the suffix, which multipart uploads have too.
    private static string IdentityETag(string key, long size, DateTime modified) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{key}\n{size}\n{modified.Ticks}"))) + "-1";

    private static Row Read(Microsoft.Data.Sqlite.SqliteDataReader r) => new(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetString(3), r.GetString(4));
}

/// <summary>An object's metadata. <see cref="Headers"/> has its content type, user metadata and so on by lower-case
/// header name; <see cref="ETag"/> is unquoted.</summary>
internal sealed record StoredObject(string Key, long Size, DateTimeOffset LastModified, string ETag, IReadOnlyDictionary<string, string> Headers);

/// <summary>An object's metadata together with its content; the caller disposes it.</summary>
internal sealed record OpenedObject(StoredObject Object, FileStream Content) : IDisposable
{
    public void Dispose() => Content.Dispose();
}
