using Stedi.DevStack.Landing.Expectations;
using Stedi.DevStack.Landing.Files;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing;

/// <summary>
/// Makes a landing data set with the shape and the traits of the published STEDI data, and none of its values. People
/// come in cohorts that share no person, device or instant: one is in memory at a time, however large the set.
/// </summary>
public static class LandingGenerator
{
    /// <summary>Writes the set under a directory, which is created if need be.</summary>
    /// <returns>What is true of it.</returns>
    public static Task<ExpectedResults> WriteAsync(
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
    public static async Task<ExpectedResults> WriteAsync(
        OpenLandingFile open, LandingOptions options, IProgress<LandingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Validate();
        var reckoning = new ExpectedResultsCalculator();
        await using var files = new LandingFolderWriter(open, options);
        var done = 0;
        foreach (var cohort in CohortGenerator.Generate(options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            reckoning.Add(cohort);
            await files.WriteAsync(cohort, cancellationToken);
            done += cohort.People;
            progress?.Report(new(done, options.Customers));
        }

        return reckoning.ToResults(await files.CompleteAsync(cancellationToken));
    }
}

/// <summary>How far a generation has come.</summary>
/// <param name="Customers">Customers whose rows are written.</param>
/// <param name="OfCustomers">Customers in all.</param>
public sealed record LandingProgress(int Customers, int OfCustomers);
