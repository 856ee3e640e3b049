using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace Stedi.Temporal.Worker.Configuration;

/// <summary>
/// Binds a YAML document to <see cref="StediSettings"/> and validates the result, with file, line and what is allowed in
/// every message. An absent or empty value keeps its default; YamlDotNet's deserializer would make it 0.
/// </summary>
internal sealed class SettingsBinder(string file)
{
    private readonly Dictionary<string, long> _lines = [];

    /// <summary>Binds the document.</summary>
    /// <exception cref="SettingsException">A key is unknown, or a value has the wrong type.</exception>
    public StediSettings Bind(YamlNode document) => (StediSettings)Bind(typeof(StediSettings), "", document);

    /// <summary>Checks the ranges of bound settings, which the environment may have changed meanwhile.</summary>
    /// <exception cref="SettingsException">A value is out of its range.</exception>
    public StediSettings Validate(StediSettings settings)
    {
        foreach (var (section, property) in KeysOf(typeof(StediSettings)))
        {
            var values = property.GetValue(settings);
            foreach (var (key, setting) in KeysOf(property.PropertyType))
            {
                if (setting.GetCustomAttribute<RangeAttribute>() is { } range && setting.GetValue(values) is var value && !range.IsValid(value))
                {
                    throw NotAllowed($"{section}.{key}", setting, Convert.ToString(value, CultureInfo.InvariantCulture));
                }
            }
        }

        return settings;
    }

    private object Bind(Type type, string path, YamlNode node)
    {
        var section = Activator.CreateInstance(type)!;
        if (IsEmpty(node))
        {
            return section;
        }

        if (node is not YamlMappingNode mapping)
        {
            throw Error(node.Start.Line, $"{(path.Length == 0 ? "The file" : $"\"{path}\"")} must hold keys and values, such as \"key: value\".");
        }

        var keys = KeysOf(type);
        foreach (var (name, value) in mapping.Children)
        {
            var key = (name as YamlScalarNode)?.Value ?? "";
            if (!keys.TryGetValue(key, out var property))
            {
                var place = path.Length == 0 ? "at the top" : $"of \"{path}\"";
                throw Error(name.Start.Line, $"\"{key}\" is not a key {place}. Keys {place}: {string.Join(", ", keys.Keys)}.");
            }

            BindKey(section, property, path.Length == 0 ? key : $"{path}.{key}", value);
        }

        return section;
    }

    private void BindKey(object section, PropertyInfo property, string path, YamlNode node)
    {
        _lines[path] = node.Start.Line;
        if (property.PropertyType.Assembly == typeof(StediSettings).Assembly)
        {
            property.SetValue(section, Bind(property.PropertyType, path, node));
        }
        else if (node is not YamlScalarNode scalar)
        {
            throw Error(node.Start.Line, $"{path} must be a single value.");
        }
        else if (!IsEmpty(scalar))
        {
            property.SetValue(section, Parse(property.PropertyType, scalar.Value!) ?? throw NotAllowed(path, property, scalar.Value));
        }
    }

    private static object? Parse(Type type, string text)
    {
        if (type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        if (type == typeof(double))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        if (type == typeof(Uri))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
        }

        return type.IsEnum
            ? Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse(type, text, ignoreCase: true) : null
            : text;
    }

    private SettingsException NotAllowed(string path, PropertyInfo property, string? value)
    {
        var type = property.PropertyType;
        var range = property.GetCustomAttribute<RangeAttribute>();
        var allowed = type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
            : type == typeof(Uri) ? "an http or https address"
            : string.Create(CultureInfo.InvariantCulture, $"{(type == typeof(int) ? "a whole number" : "a number")} from {range?.Minimum} to {range?.Maximum}");
        return Error(_lines.GetValueOrDefault(path), $"{path} must be {allowed}, not \"{value}\".");
    }

    private SettingsException Error(long line, string problem) => new(line == 0 ? problem : $"{file}, line {line}: {problem}");

    private static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Value: null or "" or "~" or "null" };

    private static Dictionary<string, PropertyInfo> KeysOf(Type type) => type.GetProperties()
        .Where(property => property.CanWrite && !property.IsDefined(typeof(YamlIgnoreAttribute)))
        .ToDictionary(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);
}
