using Stedi.DevStack.Landing.Files;
using Stedi.DevStack.Landing.Model;
using Stedi.DevStack.Landing.Truth;

namespace Stedi.DevStack.Landing;

/// <summary>Opens a file of the data set for writing. The generator disposes of the stream when the file is complete.</summary>
/// <param name="path">Where it belongs, with slashes: <c>customer/landing/customer-1655130000000.json</c>.</param>
public delegate ValueTask<Stream> OpenLandingFile(string path, CancellationToken cancellationToken);

/// <summary>
/// Makes a landing data set with the shape and the traits of the published STEDI data, and none of its values. People
/// come in cohorts that share no person, device or instant: one is in memory at a time, however large the set.
/// </summary>
public static class LandingGenerator
{
    /// <summary>Writes the set under a directory, which is created if need be.</summary>
    /// <returns>What is true of it.</returns>
    public static Task<LandingTruth> WriteAsync(
        string directory, LandingOptions options, IProgress<LandingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        WriteAsync(
            (path, _) =>
            {
                var file = Path.Combine(directory, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                return ValueTask.FromResult<Stream>(File.Create(file, bufferSize: 1));
            },
            options,
            progress,
            cancellationToken);

    /// <summary>Writes the set to streams of the caller's, for instance uploads.</summary>
    /// <returns>What is true of it.</returns>
    public static async Task<LandingTruth> WriteAsync(
        OpenLandingFile open, LandingOptions options, IProgress<LandingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Validate();
        var reckoning = new Reckoning();
        await using var files = new LandingFiles(open, options);
        var done = 0;
        foreach (var cohort in Cohorts.Of(options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            reckoning.Add(cohort);
            await files.WriteAsync(cohort, cancellationToken);
            done += cohort.People;
            progress?.Report(new(done, options.Customers));
        }

        return reckoning.Conclude(await files.CompleteAsync(cancellationToken));
    }
}
