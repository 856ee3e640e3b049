using Stedi.DevStack.Landing.Expectations;
using Stedi.DevStack.Landing.Files;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing;

/// <summary>
/// Generates a landing data set with the shape and the traits of the published STEDI data, and none of its values. People
/// are generated in cohorts that share no person, device or instant, so that only one cohort is in memory at a time.
/// </summary>
public static class LandingGenerator
{
    /// <summary>Writes the set under a directory, which is created if it does not exist.</summary>
    /// <returns>What the pipeline must make of the set.</returns>
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

    /// <summary>Writes the set to streams that the caller opens, for instance uploads.</summary>
    /// <returns>What the pipeline must make of the set.</returns>
    public static async Task<ExpectedResults> WriteAsync(
        OpenLandingFile open, LandingOptions options, IProgress<LandingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Validate();
        var expected = new ExpectedResultsCalculator();
        await using var files = new LandingFolderWriter(open, options);
        var done = 0;
        foreach (var cohort in CohortGenerator.Generate(options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            expected.Add(cohort);
            await files.WriteAsync(cohort, cancellationToken);
            done += cohort.People;
            progress?.Report(new(done, options.Customers));
        }

        return expected.ToResults(await files.CompleteAsync(cancellationToken));
    }
}

/// <summary>Progress of a generation.</summary>
/// <param name="Customers">Customers whose rows have been written.</param>
/// <param name="OfCustomers">Customers in total.</param>
public sealed record LandingProgress(int Customers, int OfCustomers);
