using System.Text.RegularExpressions;
using Stedi.Testing;
using YamlDotNet.RepresentationModel;

namespace Stedi.EndToEnd.Tests.Deploy;

/// <summary>The CloudFormation template. <c>!Ref X</c> and <c>!GetAtt X.Y</c> are read as the text that !Sub has for them, such as <c>${X}</c>.</summary>
internal sealed class Template
{
    private readonly YamlMappingNode _root;

    private Template(YamlMappingNode root) => _root = root;

    /// <summary>The template in deploy/.</summary>
    public static Template Load()
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Repository.Root, "deploy", "lakehouse.yaml"));
        stream.Load(reader);
        return new((YamlMappingNode)stream.Documents[0].RootNode);
    }

    /// <summary>The properties of a resource.</summary>
    public YamlMappingNode Properties(string resource) => Map(Map(Map(_root, "Resources"), resource), "Properties");

    /// <summary>The resources of a type.</summary>
    public IEnumerable<string> OfType(string type) =>
        Map(_root, "Resources").Children.Where(resource => Text(resource.Value, "Type") == type).Select(resource => ((YamlScalarNode)resource.Key).Value!);

    /// <summary>The statements of a role's inline policies.</summary>
    public IReadOnlyList<PolicyStatement> Role(string resource) =>
        [.. List(Properties(resource), "Policies").SelectMany(policy => Statements(Map(policy, "PolicyDocument")))];

    /// <summary>The statements of a policy document.</summary>
    public static IEnumerable<PolicyStatement> Statements(YamlNode document) => List(document, "Statement")
        .Select(statement => new PolicyStatement(Text(statement, "Effect") == "Allow", Texts(statement, "Action"), Texts(statement, "Resource")));

    public static YamlMappingNode Map(YamlNode node, params string[] path) =>
        path.Aggregate((YamlMappingNode)node, (inner, key) => (YamlMappingNode)inner[key]);

    public static IEnumerable<YamlNode> List(YamlNode node, string key) => ((YamlSequenceNode)node[key]).Children;

    public static string? Text(YamlNode node, string key) =>
        ((YamlMappingNode)node).Children.TryGetValue(key, out var value) ? Text(value) : null;

    private static IReadOnlyList<string> Texts(YamlNode node, string key) =>
        node[key] is YamlSequenceNode several ? [.. several.Children.Select(Text)] : [Text(node[key])];

    private static string Text(YamlNode node)
    {
        var text = ((YamlScalarNode)node).Value ?? "";
        return !node.Tag.IsEmpty && node.Tag.Value is "!Ref" or "!GetAtt" ? $"${{{text}}}" : text;
    }
}

/// <summary>One statement of a policy.</summary>
/// <param name="Allows">Whether it allows or denies.</param>
/// <param name="Actions">Actions, such as <c>s3:GetObject</c>.</param>
/// <param name="Resources">Resources, with placeholders such as <c>${Lake.Arn}</c>.</param>
internal sealed record PolicyStatement(bool Allows, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources)
{
    private const string Objects = "${Lake.Arn}/";

    /// <summary>Whether it covers an action on the lake's bucket.</summary>
    public bool CoversBucket(string action) => Actions.Contains(action) && Resources.Contains("${Lake.Arn}");

    /// <summary>Whether it covers an action on an object of the lake.</summary>
    public bool CoversObject(string action, string key) =>
        Actions.Contains(action) && Resources.Any(resource => resource.StartsWith(Objects, StringComparison.Ordinal) && Matches(resource[Objects.Length..], key));

    /// <summary>Whether it covers an action on a Glue resource, such as <c>table/stedi/customer_landing</c>.</summary>
    public bool CoversGlue(string action, string name) =>
        Actions.Contains(action) && Resources.Any(resource => resource == "*" || (resource.Contains(":glue:", StringComparison.Ordinal) && Matches(resource[(resource.LastIndexOf(':') + 1)..], name)));

    private static bool Matches(string pattern, string key) =>
        Regex.IsMatch(key, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$");
}
