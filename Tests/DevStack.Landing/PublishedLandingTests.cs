using Stedi.DevStack.Landing.Expectations;
using Stedi.Testing;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>If the published data is available: our queries find its known figures, and the generator copies none of its values.</summary>
public sealed class PublishedLandingTests
{
    [Fact]
    public void LandingQueries_OverThePublishedData_FindItsKnownFigures()
    {
        using var queries = LandingQueries.OverFiles(Folder);

        Figures(queries.Policy(atReading: false)).ShouldBe((482, 40_981, 482, 14_460, 40_981, 43_681));
        var atReading = queries.Policy(atReading: true);
        (atReading.AccelerometerTrusted, atReading.CustomersCurated, atReading.StepTrainerTrusted, atReading.MachineLearningCurated).ShouldBe((32_025, 464, 11_297, 32_025));
    }

    [Fact]
    public async Task GeneratedData_ComparedWithThePublishedData_SharesNoPersonalValue()
    {
        using var published = LandingQueries.OverFiles(Folder);
        using var folder = new GeneratedLandingFolder();
        await LandingGenerator.WriteAsync(folder.Path, new() { Scale = 2 }, null, TestContext.Current.CancellationToken);
        using var generated = LandingQueries.OverFiles(folder.Path);

        foreach (var column in (string[])["email", "customerName", "serialNumber", "phone"])
        {
            var ours = generated.Texts($"SELECT DISTINCT lower({column}) FROM c");
            published.Texts($"SELECT DISTINCT lower({column}) FROM c").Intersect(ours).ShouldBeEmpty();
        }
    }

    private static string Folder
    {
        get
        {
            Assert.SkipWhen(PublishedData.Directory is null, "The published data set is not at shared/data/stedi beside or above the repository.");
            return PublishedData.Directory!;
        }
    }

    private static (long, long, long, long, long, long) Figures(ExpectedTables found) => (
        found.CustomerTrusted, found.AccelerometerTrusted, found.CustomersCurated, found.StepTrainerTrusted, found.MachineLearningCurated, found.TimestampOnlyJoin);
}
