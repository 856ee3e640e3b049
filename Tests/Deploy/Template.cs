using Stedi.Temporal.Tests.Worker;
using YamlDotNet.RepresentationModel;

namespace Stedi.Temporal.Tests.Deploy;

/// <summary>The CloudFormation template. Its tags are read as text: <c>!Ref X</c> and <c>!GetAtt X.Y</c> as what !Sub would write for them.</summary>
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

    /// <summary>What the inline policies of a role say.</summary>
    public IReadOnlyList<Statement> Role(string resource) =>
        [.. List(Properties(resource), "Policies").SelectMany(policy => Statements(Map(policy, "PolicyDocument")))];

    /// <summary>The statements of a policy document.</summary>
    public static IEnumerable<Statement> Statements(YamlNode document) => List(document, "Statement")
        .Select(statement => new Statement(Text(statement, "Effect") == "Allow", Texts(statement, "Action"), Texts(statement, "Resource")));

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
