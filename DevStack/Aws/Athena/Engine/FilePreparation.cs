using System.Runtime.ExceptionServices;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>A query's place for copies of files, which are deleted with it.</summary>
/// <param name="Directory">The query's temporary folder.</param>
/// <param name="ThrowIfInterrupted">Throws if the query was stopped. Called for each piece of a file that is read or copied.</param>
internal sealed record QueryFiles(string Directory, Action ThrowIfInterrupted)
{
    /// <summary>
    /// A path for a copy. The name does not end in the object's key, because by that <see cref="TableView"/> recognises files whose
    /// path differs from the key.
    /// </summary>
    public string NewPath() => Path.Combine(System.IO.Directory.CreateDirectory(Path.Combine(Directory, "copied")).FullName, Guid.NewGuid().ToString("N"));
}

/// <summary>Prepares each file of a table before its query, and names the file in what fails.</summary>
internal static class FilePreparation
{
    /// <summary>Applies a function to all files, in parallel.</summary>
    /// <exception cref="QueryFailedException">A file's compression is not read, or its content is not what its name tells.</exception>
    public static IReadOnlyList<T> ForEach<T>(FileGroup group, Func<LakeFile, T> prepare)
    {
        if (group.Files.Where(file => FileContent.HasUnreadableCompression(file.Key)).Select(file => file.Key).FirstOrDefault() is { } unreadable)
        {
            throw QueryFailedException.NotSupported($"the compression of {Uri(group, unreadable)} (uncompressed files and {FileContent.ReadableExtensions} are read): decompress the file, or compress it with gzip");
        }

        var prepared = new T[group.Files.Count];
        try
        {
            Parallel.For(0, prepared.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => prepared[i] = Prepare(group, group.Files[i], prepare));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return prepared;
    }

    /// <summary>Whether the file was deleted since it was listed. It is left as it is, and reading it reports the error.</summary>
    public static bool IsGone(Exception e) => e is FileNotFoundException or DirectoryNotFoundException;

    private static T Prepare<T>(FileGroup group, LakeFile file, Func<LakeFile, T> prepare)
    {
        try
        {
            return prepare(file);
        }
        catch (InvalidDataException e)
        {
            throw new QueryFailedException($"HIVE_CURSOR_ERROR: the file {Uri(group, file.Key)} {e.Message}", AthenaErrorType.Data);
        }
    }

    private static string Uri(FileGroup group, string key) => $"s3://{group.Bucket}/{key}";
}
