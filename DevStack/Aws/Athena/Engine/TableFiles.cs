using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>The files of a table or a partition.</summary>
/// <param name="PartitionValues">Values of the table's partition keys, in their order; empty if it has none.</param>
/// <param name="Lines">How the files of a text table are read, once they are prepared.</param>
internal sealed record FileGroup(IReadOnlyList<LakeFile> Files, IReadOnlyList<string> PartitionValues, string Bucket, LineLayout? Lines = null);

/// <summary>
/// Finds a table's files by Athena's rules: names that start with <c>_</c> or <c>.</c> are hidden. Checks the caller's
/// permissions on each object that is read.
/// </summary>
internal sealed class TableFiles(Lake lake, PartitionStore partitions, AccessPolicy policy)
{
    private const string SymlinkFormat = "SymlinkTextInputFormat";
    private const int MaxManifest = 16 << 20;

    /// <exception cref="QueryFailedException">The caller may not read one of the files.</exception>
    public IReadOnlyList<FileGroup> Of(CatalogTable table, Principal principal)
    {
        if (table.Parameters.GetValueOrDefault("projection.enabled")?.Equals("true", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw QueryFailedException.NotSupported($"partition projection (table {table.Database}.{table.Name})");
        }

        if (table.PartitionKeys.Count == 0)
        {
            return [Group(table, table.LocationUri, [], principal)];
        }

        var groups = new List<FileGroup>();
        foreach (var partition in partitions.All(table.Database, table.Name))
        {
            var location = (string?)partition["StorageDescriptor"]?["Location"];
            var values = partition["Values"]!.AsArray().Select(v => (string)v!).ToList();
            if (!S3Uri.TryParse(location, out var uri))
            {
                uri = table.LocationUri.Append(string.Join('/', table.PartitionKeys.Zip(values, (k, v) => $"{k.Name}={v}")) + "/");
            }

            groups.Add(Group(table, uri, values, principal));
        }
        return groups;
    }

    /// <summary>The files at the location, or the files that manifests at the location list.</summary>
    private FileGroup Group(CatalogTable table, S3Uri location, IReadOnlyList<string> values, Principal principal)
    {
        var files = Visible(location).Where(MayRead).ToList();
        if (table.InputFormat.EndsWith(SymlinkFormat, StringComparison.Ordinal))
        {
            files = [.. files.SelectMany(manifest => Listed(manifest, location.Bucket)).Where(MayRead)];
        }

        return new FileGroup(files, values, location.Bucket);

        bool MayRead(LakeFile file) => policy.MayUseObject(principal, location.Bucket, file.Key) ? true
            : throw QueryFailedException.AccessDenied($"s3 objects of table {table.Database}.{table.Name}");
    }

    private IEnumerable<LakeFile> Visible(S3Uri location)
    {
        var folder = location.AsPrefix();
        return lake.Files(folder).Where(f => f.Size > 0 && !f.Key[folder.Key.Length..].Split('/').Any(s => s.StartsWith('_') || s.StartsWith('.')));
    }

    private IEnumerable<LakeFile> Listed(LakeFile manifest, string bucket)
    {
        if (manifest.Size > MaxManifest)
        {
            throw new QueryFailedException($"HIVE_BAD_DATA: the manifest {manifest.Key} is larger than {MaxManifest} bytes", AthenaErrorType.Data);
        }

        foreach (var line in File.ReadLines(manifest.Path).Where(l => l.Length > 0))
        {
            if (!S3Uri.TryParse(line.Trim(), out var uri))
            {
                continue;
            }

            if (uri.Bucket != bucket)
            {
                throw QueryFailedException.NotSupported($"the manifest {manifest.Key} names a file in another bucket (it may only name files of its own, {bucket})");
            }

            var found = lake.Files(uri).FirstOrDefault(f => f.Key == uri.Key);
            if (found.Path is not null && found.Size > 0)
            {
                yield return found;
            }
        }
    }
}
