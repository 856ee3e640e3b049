using System.Security.Cryptography;
using System.Text;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Worker.Cli.Landing;

/// <summary>A folder of landing files: <c>customer/landing/</c> and the other sources.</summary>
public sealed class LandingFolder
{
    private readonly string _path;

    private LandingFolder(string path) => _path = path;

    /// <summary>The folder's own prefix in the bucket, derived from its name and full path.</summary>
    public string SourcePrefix
    {
        get
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_path)))[..8];
            return $"sources/{Readable(Path.GetFileName(_path))}-{hash}/";
        }
    }

    /// <summary>Checks that a folder has the layout of a landing zone.</summary>
    /// <exception cref="CommandException">The folder does not exist or lacks a source.</exception>
    public static LandingFolder Open(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Directory.Exists(full))
        {
            throw new CommandException($"There is no folder {path}.", "Give --landing a folder that holds customer/landing/, accelerometer/landing/ and step_trainer/landing/.");
        }

        var missing = LandingSources.All.Where(source => !Directory.Exists(Path.Combine(full, LandingSources.Prefix(source)))).ToList();
        return missing.Count == 0
            ? new(full)
            : throw new CommandException(
                $"The folder {path} lacks {string.Join(" and ", missing.Select(source => LandingSources.Prefix(source).TrimEnd('/')))}.",
                "Give --landing a folder that holds customer/landing/, accelerometer/landing/ and step_trainer/landing/, each with files of one JSON document per line.");
    }

    /// <summary>The landing files in order of their keys, without hidden files.</summary>
    public IReadOnlyList<UploadFile> Files() =>
        [.. LandingSources.All
            .SelectMany(source => Directory.EnumerateFiles(Path.Combine(_path, LandingSources.Prefix(source)), "*", SearchOption.AllDirectories))
            .Select(file => new UploadFile(Path.GetRelativePath(_path, file).Replace('\\', '/'), file))
            .Where(file => !file.Key.Split('/').Any(part => part.StartsWith('.')))
            .OrderBy(file => file.Key, StringComparer.Ordinal)];

    private static string Readable(string name)
    {
        var letters = new string([.. name.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(40)]);
        return letters.Length == 0 ? "folder" : letters;
    }
}

/// <summary>A file to upload.</summary>
/// <param name="Key">Its key below the source prefix, such as <c>customer/landing/1.json</c>.</param>
/// <param name="Path">Its path.</param>
public sealed record UploadFile(string Key, string Path);
