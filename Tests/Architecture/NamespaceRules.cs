namespace Stedi.Architecture.Tests;

/// <summary>The kinds of rules about namespaces. Each returns one line per violation, with the types that break it.</summary>
internal static class NamespaceRules
{
    /// <summary>A namespace uses only namespaces of earlier levels. Every namespace below the root has a level.</summary>
    public static IEnumerable<string> Levels(NamespaceGraph graph, string root, params string[][] levels)
    {
        var levelOf = levels.SelectMany((names, level) => names.Select(name => (Name: name.Length == 0 ? root : $"{root}.{name}", level))).ToDictionary(at => at.Name, at => at.level);
        var unknown = graph.Namespaces.Where(name => NamespaceGraph.IsWithin(name, root) && !levelOf.ContainsKey(name)).Select(name => $"{name} has no level: add it to the rule");
        return unknown.Concat(graph.Uses
            .Where(use => levelOf.TryGetValue(use.SourceNamespace, out var source) && levelOf.TryGetValue(use.TargetNamespace, out var target) && target >= source)
            .Select(use => use.ToString()));
    }

    /// <summary>Only the given namespaces, with those below them, or types use what is in the target.</summary>
    public static IEnumerable<string> UsedOnlyBy(NamespaceGraph graph, string target, params string[] allowed) =>
        graph.Uses
            .Where(use => NamespaceGraph.IsWithin(use.TargetNamespace, target) && !NamespaceGraph.IsWithin(use.SourceNamespace, target)
                && !allowed.Any(name => NamespaceGraph.IsWithin(use.SourceNamespace, name) || use.Source.Split('+')[0] == name))
            .Select(use => use.ToString());

    /// <summary>Of what is below the root, the source uses only the given namespaces, with those below them.</summary>
    public static IEnumerable<string> UsesOnly(NamespaceGraph graph, string source, string root, params string[] allowed) =>
        graph.Uses
            .Where(use => NamespaceGraph.IsWithin(use.SourceNamespace, source) && NamespaceGraph.IsWithin(use.TargetNamespace, root)
                && !NamespaceGraph.IsWithin(use.TargetNamespace, source) && !allowed.Any(name => NamespaceGraph.IsWithin(use.TargetNamespace, name)))
            .Select(use => use.ToString());

    /// <summary>No namespace reaches itself through others; a namespace and its parent are two.</summary>
    public static IEnumerable<string> NoCycles(NamespaceGraph graph)
    {
        var edges = graph.Uses.ToLookup(use => use.SourceNamespace, use => use.TargetNamespace);
        var reachable = graph.Namespaces.ToDictionary(name => name, name => Reachable(name, edges));
        return graph.Uses
            .Where(use => reachable.TryGetValue(use.TargetNamespace, out var onwards) && onwards.Contains(use.SourceNamespace))
            .Select(use => $"{use} (cycle: {use.SourceNamespace}, {use.TargetNamespace})");
    }

    private static HashSet<string> Reachable(string start, ILookup<string, string> edges)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>([start]);
        while (open.TryPop(out var name))
        {
            foreach (var next in edges[name].Where(found.Add))
            {
                open.Push(next);
            }
        }

        return found;
    }
}
