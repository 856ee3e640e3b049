using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stedi.Temporal.Worker.Configuration;

/// <summary>Reads temporal-dev.yaml.</summary>
internal static class SettingsFile
{
    /// <summary>The file's name in the folder where a command is run.</summary>
    public const string DefaultName = "temporal-dev.yaml";

    /// <summary>Reads a file and applies the environment to it. Without the default file, all settings have their defaults.</summary>
    /// <param name="path">The file that --config names, or null for the default one.</param>
    /// <param name="directory">The folder of the default file.</param>
    /// <param name="variable">Reads environment variables.</param>
    /// <exception cref="SettingsException">The file holds something that is not allowed, or was named and does not exist.</exception>
    public static StediSettings Load(string? path, string directory, Func<string, string?> variable)
    {
        var file = path ?? Path.Combine(directory, DefaultName);
        if (File.Exists(file))
        {
            return Parse(path ?? DefaultName, File.ReadAllText(file), variable);
        }

        return path is null
            ? new StediSettings().WithEnvironment(variable)
            : throw new SettingsException($"There is no file {path}. Name another with --config, or leave it out for the defaults.");
    }

    /// <summary>Reads a file's text; <paramref name="file"/> is for messages.</summary>
    public static StediSettings Parse(string file, string text, Func<string, string?> variable)
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

        var binder = new SettingsBinder(file);
        var settings = stream.Documents.Count == 0 ? new() : binder.Bind(stream.Documents[0].RootNode);
        return binder.Validate(settings.WithEnvironment(variable));
    }
}

/// <summary>The configuration file holds something that is not allowed. The message names the file, the line and what is allowed.</summary>
public sealed class SettingsException(string message) : Exception(message);
