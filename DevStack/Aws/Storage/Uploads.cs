using System.Security.Cryptography;
using System.Text.Json;

namespace Stedi.DevStack.Aws.Storage;

internal sealed record Upload(string Id, string Bucket, string Key, IReadOnlyDictionary<string, string> Headers, DateTimeOffset Initiated)
{
    public S3Uri Uri => new(Bucket, Key);
}

internal sealed record UploadPart(int Number, long Size, string ETag);

/// <summary>Stores multipart uploads that are not complete. They survive a restart, as in S3.</summary>
internal sealed class Uploads(string directory, StateDatabase state)
{
    public Upload Create(S3Uri uri, IReadOnlyDictionary<string, string> headers, DateTimeOffset now)
    {
        var upload = new Upload(Guid.NewGuid().ToString("N"), uri.Bucket, uri.Key, headers, now);
        Directory.CreateDirectory(FolderOf(upload));
        state.Execute("INSERT INTO upload (id, bucket, key, headers, initiated) VALUES ($1, $2, $3, $4, $5)",
            upload.Id, uri.Bucket, uri.Key, JsonSerializer.Serialize(headers), now.ToUnixTimeMilliseconds());
        return upload;
    }

    public Upload? Find(S3Uri uri, string id) =>
        state.Single("SELECT id, bucket, key, headers, initiated FROM upload WHERE id = $1 AND bucket = $2 AND key = $3", Read, id, uri.Bucket, uri.Key);

    public List<Upload> InBucket(string bucket) =>
        state.Query("SELECT id, bucket, key, headers, initiated FROM upload WHERE bucket = $1 ORDER BY key, initiated", Read, bucket);

    public string PartFile(Upload upload, UploadPart part) => Path.Combine(FolderOf(upload), $"{part.Number}-{part.ETag}");

    public void AddPart(Upload upload, UploadPart part, string file)
    {
        File.Move(file, PartFile(upload, part), overwrite: true);
        state.Execute("INSERT OR REPLACE INTO upload_part (upload, number, size, etag) VALUES ($1, $2, $3, $4)", upload.Id, part.Number, part.Size, part.ETag);
    }

    public List<UploadPart> Parts(Upload upload) =>
        state.Query("SELECT number, size, etag FROM upload_part WHERE upload = $1 ORDER BY number", r => new UploadPart(r.GetInt32(0), r.GetInt64(1), r.GetString(2)), upload.Id);

    /// <summary>Writes the parts one after another into <paramref name="file"/>; returns S3's ETag of a multipart object.</summary>
    public async Task<string> JoinAsync(Upload upload, IReadOnlyList<UploadPart> parts, string file, CancellationToken cancellationToken)
    {
        await using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20, useAsync: true);
        foreach (var part in parts)
        {
            await using var source = File.OpenRead(PartFile(upload, part));
            await source.CopyToAsync(target, cancellationToken);
        }
        target.Flush(flushToDisk: true);
        var digests = parts.SelectMany(p => Convert.FromHexString(p.ETag)).ToArray();
        return $"{Convert.ToHexStringLower(MD5.HashData(digests))}-{parts.Count}";
    }

    public void Remove(Upload upload)
    {
        state.Transaction(() =>
        {
            state.Execute("DELETE FROM upload_part WHERE upload = $1", upload.Id);
            return state.Execute("DELETE FROM upload WHERE id = $1", upload.Id);
        });
        if (Directory.Exists(FolderOf(upload)))
        {
            Directory.Delete(FolderOf(upload), recursive: true);
        }
    }

    private string FolderOf(Upload upload) => Path.Combine(directory, upload.Id);

    private static Upload Read(Microsoft.Data.Sqlite.SqliteDataReader r) => new(r.GetString(0), r.GetString(1), r.GetString(2),
        JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(3))!, DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(4)));
}
