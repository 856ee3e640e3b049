using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>The files that a query wrote.</summary>
/// <param name="Folders">Sub-folders of partitions such as <c>dt=1/</c>, relative to the target.</param>
internal sealed record WrittenFiles(long Rows, IReadOnlyList<S3Uri> Files, IReadOnlyList<string> Folders);

/// <summary>
/// Writes a query's rows as files. They are written to a temporary folder and moved once all are complete, so that a query that
/// is stopped, or a process that is killed before, leaves nothing. File names start with the query's id.
/// </summary>
internal sealed class FileOutput(Lake lake, AccessPolicy policy, DuckDbErrorTranslator errors)
{
    private const int MaxPartitions = 100;

    /// <exception cref="QueryFailedException">The location is not empty, or the caller may not write there.</exception>
    public S3Uri EmptyTarget(QueryRequest request, string location)
    {
        var target = Target(request, location);
        if (lake.Files(target).Any())
        {
            throw new QueryFailedException($"HIVE_PATH_ALREADY_EXISTS: Target directory '{target}' already exists and is not empty. You may need to manually clean the data at this location before retrying. Athena will not delete data in your account.", AthenaErrorType.InvalidProperty);
        }

        return target;
    }

    public S3Uri Target(QueryRequest request, string location)
    {
        if (!S3Uri.TryParse(location, out var uri))
        {
            throw new QueryFailedException($"INVALID_ARGUMENT: '{location}' is not of the form s3://bucket/prefix/", AthenaErrorType.InvalidArgument);
        }

        var target = uri.AsPrefix();
        if (!policy.MayUsePrefix(request.Principal, target.Bucket, target.Key))
        {
            throw QueryFailedException.AccessDenied(target.ToString());
        }

        if (!policy.MayWritePrefix(request.Principal, target.Bucket, target.Key))
        {
            throw QueryFailedException.Protected(target.ToString());
        }

        if (!lake.HasBucket(target.Bucket))
        {
            throw new QueryFailedException($"The specified bucket does not exist: {target.Bucket}", AthenaErrorType.InvalidArgument);
        }

        return target;
    }

    /// <param name="select">The prepared query with the columns' final names and types.</param>
    public WrittenFiles Write(QueryRun run, PreparedQuery prepared, string select, OutputFormat format, IReadOnlyList<string> partitionedBy, S3Uri target)
    {
        var folder = Path.Combine(prepared.Sandbox.TempDirectory, "out");
        Directory.CreateDirectory(folder);
        var file = run.Request.Id + format.Extension;
        var path = partitionedBy.Count == 0 ? Path.Combine(folder, file) : folder;
        var partitions = partitionedBy.Count == 0 ? "" : $", PARTITION_BY ({string.Join(", ", partitionedBy.Select(SqlText.Identifier))}), FILENAME_PATTERN {SqlText.Literal(run.Request.Id + "_{i}")}, FILE_EXTENSION {SqlText.Literal(format.Extension.TrimStart('.') is "" ? "data" : format.Extension.TrimStart('.'))}";
        // Keeping the order of rows that have none, as DuckDB does by default, takes more memory and twice the time.
        var order = prepared.IsOrdered ? "" : ", PRESERVE_ORDER false";
        long rows;
        try
        {
            rows = prepared.Sandbox.Execute($"COPY ({select}) TO {SqlText.Literal(path)} ({format.Copy}{partitions}{order})");
        }
        catch (DuckDBException e)
        {
            throw errors.Translate(e);
        }
        run.BeginCommit();
        return Move(folder, target, rows);
    }

    private WrittenFiles Move(string folder, S3Uri target, long rows)
    {
        var written = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var folders = written.Select(f => Path.GetRelativePath(folder, Path.GetDirectoryName(f)!)).Where(f => f != ".").Distinct().Select(f => f.Replace(Path.DirectorySeparatorChar, '/') + "/").ToList();
        if (folders.Count > MaxPartitions)
        {
            throw new QueryFailedException($"HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of {MaxPartitions} open writers for partitions/buckets", AthenaErrorType.InvalidArgument);
        }

        var files = new List<S3Uri>();
        foreach (var file in written)
        {
            var uri = target.Append(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'));
            lake.Import(uri, file);
            files.Add(uri);
        }
        return new WrittenFiles(rows, files, folders);
    }
}

/// <summary>Wraps a query so that its columns are as in files: names unique and in lower case, DuckDB's 128-bit sums as bigint.</summary>
internal static class TypedSelect
{
    public static string Of(PreparedQuery query)
    {
        var names = query.Columns.Select(c => c.Name.ToLowerInvariant()).ToList();
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } duplicate)
        {
            throw new QueryFailedException($"DUPLICATE_COLUMN_NAME: Column name '{duplicate.Key}' specified more than once", AthenaErrorType.Syntax);
        }

        var columns = query.Columns.Zip(names, (c, name) => $"{Cast(SqlText.Identifier(c.Name), c.Type)} AS {SqlText.Identifier(name)}");
        return $"SELECT {string.Join(", ", columns)} FROM ({query.Sql})";
    }

    private static string Cast(string column, string type) => type switch
    {
        "HUGEINT" => $"CAST({column} AS BIGINT)",
        "\"NULL\"" or "JSON" or "UUID" => $"CAST({column} AS VARCHAR)",
        _ => column,
    };
}

/// <summary>Writes the list of a statement's output files, which <c>Statistics.DataManifestLocation</c> names.</summary>
internal sealed class ManifestFile(Lake lake)
{
    public S3Uri Write(QueryRun run, IReadOnlyList<S3Uri> files)
    {
        var file = lake.TempFiles.NewFile();
        File.WriteAllLines(file, files.Select(f => f.ToString()));
        var uri = run.Request.ResultFile("-manifest.csv");
        lake.Import(uri, file);
        return uri;
    }
}
