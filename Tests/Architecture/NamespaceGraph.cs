using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Stedi.Architecture.Tests;

/// <summary>One type's use of another.</summary>
internal sealed record TypeUse(string SourceNamespace, string Source, string TargetNamespace, string Target)
{
    public override string ToString() => $"{Source} uses {Target}";
}

/// <summary>Which types use which across namespaces, as ArchUnitNET reads it from the compiled assemblies. Uses that the compiler
/// resolves (constants, nameof) are not in them.</summary>
internal sealed class NamespaceGraph
{
    private NamespaceGraph(ArchUnitNET.Domain.Architecture architecture, string[] prefixes)
    {
        bool IsOurs(IType type) => prefixes.Any(prefix => IsWithin(type.Namespace?.FullName ?? "", prefix)) || type.FullName == "Program";

        var types = architecture.Types.Where(type => type is not GenericParameter && IsOurs(type)).ToList();
        Namespaces = [.. types.Select(type => type.Namespace.FullName).Distinct().Order(StringComparer.Ordinal)];
        Uses = [.. types
            .SelectMany(type => type.Dependencies.SelectMany(Targets).Where(target => target is not GenericParameter && IsOurs(target)).Select(target => Use(type, target)))
            .Where(use => use.SourceNamespace != use.TargetNamespace)
            .Distinct()];
    }

    public IReadOnlyList<string> Namespaces { get; }

    public IReadOnlyList<TypeUse> Uses { get; }

    /// <summary>Reads the types below the given namespaces, and the entry points.</summary>
    public static NamespaceGraph Load(IEnumerable<Assembly> assemblies, params string[] prefixes) =>
        new(new ArchLoader().LoadAssemblies([.. assemblies]).Build(), prefixes);

    public static bool IsWithin(string name, string prefix) =>
        name == prefix || (name.StartsWith(prefix, StringComparison.Ordinal) && name[prefix.Length] == '.');

    private static TypeUse Use(IType source, IType target) => new(source.Namespace.FullName, source.FullName, target.Namespace.FullName, target.FullName);

    private static IEnumerable<IType> Targets(ITypeDependency dependency) =>
        dependency.TargetGenericArguments.SelectMany(Types).Prepend(dependency.Target);

    private static IEnumerable<IType> Types(GenericArgument argument) => argument.GenericArguments.SelectMany(Types).Prepend(argument.Type);
}
