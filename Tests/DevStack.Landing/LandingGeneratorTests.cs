namespace Stedi.DevStack.Landing.Tests;

/// <summary>The generated data set has the size, shape and traits of the published one, and matches its expected results.</summary>
public sealed class LandingGeneratorTests : IDisposable
{
    private readonly GeneratedLandingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_WithDefaultOptions_HasThePublishedSize()
    {
        var expected = await LandingGenerator.WriteAsync(_folder.Path, new(), null, Cancel);

        (expected.Customer.Rows, expected.Accelerometer.Rows, expected.StepTrainer.Rows).ShouldBe((956, 81_273, 28_680));
        (expected.Customer.Files, expected.Accelerometer.Files, expected.StepTrainer.Files).ShouldBe((1, 9, 3));
        (expected.Customer.RejectedLines + expected.Accelerometer.RejectedLines + expected.StepTrainer.RejectedLines).ShouldBe(0);
        _folder.Files("accelerometer").Sum(file => new FileInfo(file).Length).ShouldBe(expected.Accelerometer.Bytes);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 0.01)]
    [InlineData(4, 2.5)]
    public async Task Write_WithAnySeedAndScale_MatchesExpectedResults(int seed, double scale)
    {
        var expected = await LandingGenerator.WriteAsync(_folder.Path, new() { Seed = seed, Scale = scale }, null, Cancel);

        using var queries = LandingQueries.OverFiles(_folder.Path);
        queries.ShouldFind(expected);
    }

    [Fact]
    public async Task Write_WithDefaultOptions_HasThePublishedTraits()
    {
        var expected = await LandingGenerator.WriteAsync(_folder.Path, new(), null, Cancel);

        using var queries = LandingQueries.OverFiles(_folder.Path);
        expected.DistinctEmails.ShouldBe(956);
        expected.CustomersWithoutConsent.ShouldBeInRange(430, 520);
        expected.Given.TimestampOnlyJoin.ShouldBeGreaterThan((long)(expected.Given.MachineLearningCurated * 1.03));
        expected.AtReading.MachineLearningCurated.ShouldBeInRange(expected.Given.MachineLearningCurated * 6 / 10, expected.Given.MachineLearningCurated * 9 / 10);
        expected.Given.CustomersCurated.ShouldBeInRange(expected.Given.CustomerTrusted - 20, expected.Given.CustomerTrusted - 1);
        expected.AtReading.CustomersCurated.ShouldBeLessThan(expected.Given.CustomersCurated);
        queries.Count("SELECT count(*) FROM c WHERE birthDay < '1900'").ShouldBeInRange(860, 950);
        queries.Count("SELECT count(*) FROM c WHERE shareWithResearchAsOfDate > registrationDate").ShouldBeInRange(5, 60);
        queries.Count("SELECT count(*) FROM c WHERE lower(email) <> email").ShouldBe(956);
        queries.Count("SELECT count(DISTINCT serialNumber) FROM c").ShouldBe(956);
        queries.Count("SELECT max(n) FROM (SELECT count(*) n FROM a GROUP BY \"user\", timestamp)").ShouldBe(6);
        queries.Count("SELECT max(n) FROM (SELECT count(*) n FROM s GROUP BY serialNumber, sensorReadingTime)").ShouldBe(1);
        queries.Count("SELECT count(*) FROM (SELECT timestamp FROM a GROUP BY timestamp HAVING count(DISTINCT \"user\") > 1)").ShouldBeInRange(1_000, 2_000);
    }

    [Fact]
    public async Task Write_WithEqualOptions_ProducesEqualBytes()
    {
        using var again = new GeneratedLandingFolder();
        using var other = new GeneratedLandingFolder();

        await LandingGenerator.WriteAsync(_folder.Path, new() { Scale = 0.1 }, null, Cancel);
        await LandingGenerator.WriteAsync(again.Path, new() { Scale = 0.1 }, null, Cancel);
        await LandingGenerator.WriteAsync(other.Path, new() { Scale = 0.1, Seed = 2 }, null, Cancel);

        again.Digest().ShouldBe(_folder.Digest());
        other.Digest().ShouldNotBe(_folder.Digest());
    }

    [Fact]
    public async Task Write_WithDefaultDefects_OmitsMissingConsentsAndKeepsDecimalPoints()
    {
        await LandingGenerator.WriteAsync(_folder.Path, new() { Scale = 0.1 }, null, Cancel);

        var customers = await File.ReadAllTextAsync(_folder.Files("customer").Single(), Cancel);
        customers.ShouldNotContain("null");
        customers.ShouldNotContain(":0,");
        customers.Split('\n').Count(line => line.Length > 0 && !line.Contains("shareWithResearchAsOfDate", StringComparison.Ordinal)).ShouldBeGreaterThan(20);
        (await File.ReadAllTextAsync(_folder.Files("accelerometer").First(), Cancel)).ShouldContain("\"x\":-1.0,");
    }

    [Fact]
    public async Task Write_ToStreamsOfTheCaller_WritesEveryFileAndReportsProgress()
    {
        var streams = new Dictionary<string, MemoryStream>();
        var reported = new List<LandingProgress>();

        var expected = await LandingGenerator.WriteAsync(
            (path, _) => ValueTask.FromResult<Stream>(streams[path] = new()), new() { Scale = 1.5 }, new ProgressCallback(reported.Add), Cancel);

        streams.Values.Sum(stream => stream.ToArray().LongLength).ShouldBe(expected.Customer.Bytes + expected.Accelerometer.Bytes + expected.StepTrainer.Bytes);
        streams.Keys.ShouldAllBe(path => path.EndsWith(".json", StringComparison.Ordinal) && path.Contains("/landing/", StringComparison.Ordinal));
        reported.ShouldBe([new(956, 1434), new(1434, 1434)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(double.NaN)]
    [InlineData(0.0001)]
    public async Task Write_WhenScaleIsOutOfRange_Throws(double scale)
    {
        var exception = await Should.ThrowAsync<ArgumentOutOfRangeException>(() => LandingGenerator.WriteAsync(_folder.Path, new() { Scale = scale }, null, Cancel));

        exception.Message.ShouldContain("at most 100");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed class ProgressCallback(Action<LandingProgress> report) : IProgress<LandingProgress>
    {
        public void Report(LandingProgress value) => report(value);
    }
}
