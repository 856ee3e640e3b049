using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Stedi.Temporal.Worker.Configuration;

/// <summary>
/// One mapping of a YAML file, read key by key. Whatever is not understood is refused with file and line; whatever is
/// absent has a default.
/// </summary>
internal sealed class YamlSection
{
    private readonly string _file;
    private readonly string _path;
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    private YamlSection(string file, string path) => (_file, _path) = (file, path);

    /// <summary>A mapping; an empty value, as a commented-out section leaves behind, is an empty mapping.</summary>
    public static YamlSection Of(string file, string path, YamlNode node)
    {
        var section = new YamlSection(file, path);
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping.Children)
                {
                    section._entries[(key as YamlScalarNode)?.Value ?? ""] = (key, value);
                }

                return section;
            case YamlScalarNode { Value: null or "" or "~" or "null" }:
                return section;
            default:
                throw section.Refuse(node, $"{section.Describe()} must hold keys and values, such as \"key: value\".");
        }
    }

    public YamlSection Section(string key) => Find(key) is { } node ? Of(_file, Path(key), node) : new(_file, Path(key));

    public string Text(string key, string fallback) => Scalar(key) is { Value: { Length: > 0 } text } ? text : fallback;

    /// <summary>A text where the word "embedded", like an absent key, means null.</summary>
    public string? TextUnlessEmbedded(string key) => Text(key, "embedded") is var text && text != "embedded" ? text : null;

    public int Number(string key, int fallback, int least, int most)
    {
        if (Scalar(key) is not { Value.Length: > 0 } node)
        {
            return fallback;
        }

        return int.TryParse(node.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Refuse(node, $"{Path(key)} must be a whole number from {least} to {most}, not \"{node.Value}\".");
    }

    public double Number(string key, double fallback, double least, double most)
    {
        if (Scalar(key) is not { Value.Length: > 0 } node)
        {
            return fallback;
        }

        return double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Refuse(node, string.Create(CultureInfo.InvariantCulture, $"{Path(key)} must be a number from {least} to {most}, not \"{node.Value}\"."));
    }

    public Uri? Url(string key)
    {
        if (Scalar(key) is not { Value.Length: > 0 } node)
        {
            return null;
        }

        return Uri.TryCreate(node.Value, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https")
            ? url
            : throw Refuse(node, $"{Path(key)} must be an http or https address, not \"{node.Value}\".");
    }

    public T Choice<T>(string key, T fallback)
        where T : struct, Enum
    {
        if (Scalar(key) is not { Value.Length: > 0 } node)
        {
            return fallback;
        }

        var names = Enum.GetNames<T>();
        return names.FirstOrDefault(name => name.Equals(node.Value, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse<T>(name)
            : throw Refuse(node, $"{Path(key)} must be one of {string.Join(", ", names)}, not \"{node.Value}\".");
    }

    /// <summary>Refuses every key that nobody asked for: call it after reading.</summary>
    public void RefuseOthers()
    {
        foreach (var (key, entry) in _entries)
        {
            if (!_known.Contains(key))
            {
                throw Refuse(entry.Key, $"\"{key}\" is not a key {Place()}. Keys {Place()}: {string.Join(", ", _known)}.");
            }
        }
    }

    private YamlScalarNode? Scalar(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => scalar,
        var other => throw Refuse(other, $"{Path(key)} must be a single value."),
    };

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return _entries.TryGetValue(key, out var entry) ? entry.Value : null;
    }

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private string Place() => _path.Length == 0 ? "at the top" : $"of \"{_path}\"";

    private string Describe() => _path.Length == 0 ? "The file" : $"\"{_path}\"";

    private SettingsException Refuse(YamlNode node, string problem) => new($"{_file}, line {node.Start.Line}: {problem}");
}
