using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Stedi.Testing;

namespace Stedi.Architecture.Tests;

/// <summary>Members stand in the order fields, constructors, public (and internal), private. No analyzer of the SDK checks that.</summary>
public sealed class MemberOrderTests
{
    private enum Group
    {
        Field,
        Constructor,
        Visible,
        Private,
    }

    [Fact]
    public void Members_OfEveryType_AreInTheAgreedOrder()
    {
        var files = ((string[])["Workflows", "Activities", "Worker", "Aws", "DevStack", "Tests"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .ToList();

        files.Count.ShouldBeGreaterThan(400);
        files.AsParallel().SelectMany(file => Disordered(File.ReadAllText(file)).Select(type => $"{Path.GetRelativePath(Repository.Root, file)}: {type}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("class A { void F() { } int x; }")]
    [InlineData("class A { void F() { } public A() { } }")]
    [InlineData("class A { private void F() { } public void G() { } }")]
    [InlineData("class A { class B { private int P => 1; public int Q => 2; } }")]
    public void Members_InAnotherOrder_AreFound(string source) => Disordered(source).ShouldNotBeEmpty();

    [Fact]
    public void Members_InTheAgreedOrder_AreAccepted() =>
        Disordered("class A : I { const int C = 1; int x; A() { } class B; public int P => x; void I.F() { } internal void G() { } private void H() { } }").ShouldBeEmpty();

    private static IEnumerable<string> Disordered(string source) =>
        from type in CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
        where type is not InterfaceDeclarationSyntax
        let groups = type.Members.Where(member => member is not (BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)).Select(GroupOf).ToList()
        where !groups.SequenceEqual(groups.Order())
        select type.Identifier.Text;

    private static Group GroupOf(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax => Group.Field,
        ConstructorDeclarationSyntax => Group.Constructor,
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null } or PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: not null } or EventDeclarationSyntax { ExplicitInterfaceSpecifier: not null } => Group.Visible,
        _ when member.Modifiers.Any(SyntaxKind.PublicKeyword) || member.Modifiers.Any(SyntaxKind.InternalKeyword) || member.Modifiers.Any(SyntaxKind.ProtectedKeyword) => Group.Visible,
        _ => Group.Private,
    };
}
