using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;

namespace Stedi.Temporal.Worker.Tests;

public sealed class SettingsFileTests
{
    [Fact]
    public void Parse_EmptyFile_ReturnsDefaults() =>
        Parse("").ShouldBe(new StediSettings());

    [Fact]
    public void Load_WhenDefaultFileIsAbsent_ReturnsDefaults() =>
        SettingsFile.Load(null, Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()), NoVariable).ShouldBe(new StediSettings());

    [Fact]
    public void Load_FileOfRepository_ReturnsDefaultsAndEveryKeyHasAComment()
    {
        var file = Path.Combine(Repository.Root, SettingsFile.DefaultName);

        SettingsFile.Load(file, ".", NoVariable).ShouldBe(new StediSettings());

        var lines = File.ReadAllLines(file);
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("  ", StringComparison.Ordinal) && !lines[i].TrimStart().StartsWith('#'))
            {
                lines[i - 1].TrimStart().ShouldStartWith("#", customMessage: $"line {i + 1}: {lines[i]}");
            }
        }
    }

    [Fact]
    public void Parse_FileWithEveryKey_ReadsAllOfThem()
    {
        var settings = Parse("""
            temporal: { address: "temporal.example:7233", namespace: lake, taskQueue: q, port: 0, uiPort: 3, heartbeatSeconds: 9 }
            aws: { bucket: my-lake, region: eu-central-1, accountId: "123", port: 1, memoryMiB: 512 }
            lake: { database: a, workDatabase: b, privateDatabase: c, workGroup: d, privacyWorkGroup: p, crawlerRole: e, openLineageUrl: "http://marquez:5000/api/v1/lineage" }
            landing: { scale: 0.5, seed: 8 }
            run: { workflowId: w, consentPolicy: atreading, rejectedLinesLimit: 0.5, snapshotsToKeep: 2 }
            """);

        settings.ShouldBe(new StediSettings
        {
            Temporal = new() { Address = "temporal.example:7233", Namespace = "lake", TaskQueue = "q", Port = 0, UiPort = 3, HeartbeatSeconds = 9 },
            Aws = new() { Bucket = "my-lake", Region = "eu-central-1", AccountId = "123", Port = 1, MemoryMiB = 512 },
            Lake = new() { Database = "a", WorkDatabase = "b", PrivateDatabase = "c", WorkGroup = "d", PrivacyWorkGroup = "p", CrawlerRole = "e", OpenLineageUrl = new("http://marquez:5000/api/v1/lineage") },
            Landing = new() { Scale = 0.5, Seed = 8 },
            Run = new() { WorkflowId = "w", ConsentPolicy = ConsentPolicy.AtReading, RejectedLinesLimit = 0.5, SnapshotsToKeep = 2 },
        });
    }

    [Theory]
    [InlineData("aws:")]
    [InlineData("aws:\n  bucket: embedded\n  region: \"\"\n  port:\n  memoryMiB: \"\"")]
    [InlineData("temporal:\n  address: embedded\nlake:\n  openLineageUrl: \"\"")]
    public void Parse_EmptyAndEmbeddedValues_ReturnsDefaults(string text) => Parse(text).ShouldBe(new StediSettings());

    [Fact]
    public void Parse_WithBucketInEnvironment_OverridesTheFile() =>
        SettingsFile.Parse("f.yaml", "aws:\n  bucket: from-file", name => name == EnvironmentOverrides.Bucket ? "from-environment" : null)
            .Aws.Bucket.ShouldBe("from-environment");

    [Theory]
    [InlineData("aws:\n  bukket: x", "f.yaml, line 2: \"bukket\" is not a key of \"aws\". Keys of \"aws\": bucket, region, accountId, port, memoryMiB.")]
    [InlineData("\nlandin:\n  seed: 1", "f.yaml, line 2: \"landin\" is not a key at the top. Keys at the top: temporal, aws, lake, landing, run.")]
    [InlineData("temporal:\n  port: 99999", "f.yaml, line 2: temporal.port must be a whole number from 0 to 65535, not \"99999\".")]
    [InlineData("temporal:\n  port: x", "f.yaml, line 2: temporal.port must be a whole number from 0 to 65535, not \"x\".")]
    [InlineData("temporal:\n  fromEnvironment: true", "f.yaml, line 2: \"fromEnvironment\" is not a key of \"temporal\". Keys of \"temporal\": address, namespace, taskQueue, port, uiPort, heartbeatSeconds.")]
    [InlineData("landing:\n  scale: .nan", "f.yaml, line 2: landing.scale must be a number from 0.01 to 100, not \".nan\".")]
    [InlineData("landing:\n  scale: NaN", "f.yaml, line 2: landing.scale must be a number from 0.01 to 100, not \"NaN\".")]
    [InlineData("aws: 3", "f.yaml, line 1: \"aws\" must hold keys and values, such as \"key: value\".")]
    [InlineData("temporal:\n  port: [1]", "f.yaml, line 2: temporal.port must be a single value.")]
    [InlineData("run:\n  consentPolicy: Never", "f.yaml, line 2: run.consentPolicy must be one of Given, AtReading, not \"Never\".")]
    [InlineData("run:\n  rejectedLinesLimit: 2", "f.yaml, line 2: run.rejectedLinesLimit must be a number from 0 to 1, not \"2\".")]
    [InlineData("lake:\n  openLineageUrl: marquez", "f.yaml, line 2: lake.openLineageUrl must be an http or https address, not \"marquez\".")]
    [InlineData("- a\n- b", "f.yaml, line 1: The file must hold keys and values, such as \"key: value\".")]
    public void Parse_WithInvalidKeyOrValue_NamesLineAndWhatIsAllowed(string text, string message) =>
        Should.Throw<SettingsException>(() => Parse(text)).Message.ShouldBe(message);

    [Theory]
    [InlineData("run: {")]
    [InlineData("a: 1\na: 2")]
    public void Parse_InvalidYaml_NamesLine(string text) =>
        Should.Throw<SettingsException>(() => Parse(text)).Message.ShouldStartWith("f.yaml, line ");

    [Fact]
    public void Load_WhenNamedFileIsAbsent_NamesIt() =>
        Should.Throw<SettingsException>(() => SettingsFile.Load("/nowhere/x.yaml", ".", NoVariable)).Message.ShouldContain("/nowhere/x.yaml");

    private static StediSettings Parse(string text) => SettingsFile.Parse("f.yaml", text, NoVariable);

    private static string? NoVariable(string name) => null;
}
