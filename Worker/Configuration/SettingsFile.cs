using Stedi.Temporal.Workflows.Inputs;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stedi.Temporal.Worker.Configuration;

/// <summary>Reads temporal-dev.yaml.</summary>
internal static class SettingsFile
{
    /// <summary>The file's name in the folder where a command is run.</summary>
    public const string DefaultName = "temporal-dev.yaml";

    /// <summary>Reads a file, or takes all defaults where the default one does not exist.</summary>
    /// <param name="path">The file that a person named, or null for the default one.</param>
    /// <param name="directory">Where the default one would be.</param>
    /// <exception cref="SettingsException">The file says something that is not allowed, or was named and is not there.</exception>
    public static StediSettings Load(string? path, string directory)
    {
        var file = path ?? Path.Combine(directory, DefaultName);
        if (File.Exists(file))
        {
            return Parse(path ?? DefaultName, File.ReadAllText(file));
        }

        return path is null ? new() : throw new SettingsException($"There is no file {path}. Name another with --config, or leave it out for the defaults.");
    }

    /// <summary>Reads a file's text; <paramref name="file"/> is for messages.</summary>
    public static StediSettings Parse(string file, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new SettingsException($"{file}, line {e.Start.Line}: this is not YAML. {e.Message}");
        }

        return stream.Documents.Count == 0 ? new() : Read(YamlSection.Of(file, "", stream.Documents[0].RootNode));
    }

    private static StediSettings Read(YamlSection top)
    {
        var run = top.Section("run");
        var settings = new StediSettings
        {
            Temporal = ReadTemporal(top.Section("temporal")),
            Aws = ReadAws(top.Section("aws")),
            Lake = ReadLake(top.Section("lake")),
            Landing = ReadLanding(top.Section("landing")),
            WorkflowId = run.Text("workflowId", new StediSettings().WorkflowId),
            Run = ReadRun(run),
        };
        top.RefuseOthers();
        return settings;
    }

    private static TemporalSettings ReadTemporal(YamlSection section)
    {
        var defaults = new TemporalSettings();
        return Whole(section, new TemporalSettings
        {
            Address = section.TextUnlessEmbedded("address"),
            Namespace = section.Text("namespace", defaults.Namespace),
            Port = section.Number("port", defaults.Port, 0, 65535),
            UiPort = section.Number("uiPort", defaults.UiPort, 0, 65535),
        });
    }

    private static AwsSettings ReadAws(YamlSection section)
    {
        var defaults = new AwsSettings();
        return Whole(section, new AwsSettings
        {
            Bucket = section.TextUnlessEmbedded("bucket"),
            Region = section.Text("region", "") is { Length: > 0 } region ? region : null,
            AccountId = section.Text("accountId", defaults.AccountId),
            Port = section.Number("port", defaults.Port, 0, 65535),
            MemoryMiB = section.Number("memoryMiB", defaults.MemoryMiB, 128, 1024 * 1024),
        });
    }

    private static LakeSettings ReadLake(YamlSection section)
    {
        var defaults = new LakeSettings();
        return Whole(section, new LakeSettings
        {
            Database = section.Text("database", defaults.Database),
            WorkDatabase = section.Text("workDatabase", defaults.WorkDatabase),
            PrivateDatabase = section.Text("privateDatabase", defaults.PrivateDatabase),
            WorkGroup = section.Text("workGroup", defaults.WorkGroup),
            CrawlerRole = section.Text("crawlerRole", defaults.CrawlerRole),
            OpenLineageUrl = section.Url("openLineageUrl"),
        });
    }

    private static GeneratedLandingSettings ReadLanding(YamlSection section)
    {
        var defaults = new GeneratedLandingSettings();
        return Whole(section, new GeneratedLandingSettings
        {
            Scale = section.Number("scale", defaults.Scale, 0.01, 100),
            Seed = section.Number("seed", defaults.Seed, 0, int.MaxValue),
        });
    }

    private static LakehouseInput ReadRun(YamlSection section)
    {
        var defaults = new LakehouseInput();
        return Whole(section, new LakehouseInput
        {
            ConsentPolicy = section.Choice("consentPolicy", defaults.ConsentPolicy),
            RejectedLinesLimit = section.Number("rejectedLinesLimit", defaults.RejectedLinesLimit, 0, 1),
            SnapshotsToKeep = section.Number("snapshotsToKeep", defaults.SnapshotsToKeep, 1, 1000),
            HeartbeatSeconds = section.Number("heartbeatSeconds", defaults.HeartbeatSeconds, 1, 3600),
        });
    }

    private static T Whole<T>(YamlSection section, T read)
    {
        section.RefuseOthers();
        return read;
    }
}

/// <summary>A configuration file says something that is not allowed. The message names file, line and what is.</summary>
public sealed class SettingsException(string message) : Exception(message);
