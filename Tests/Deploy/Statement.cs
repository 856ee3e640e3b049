using System.Text.RegularExpressions;

namespace Stedi.Temporal.Tests.Deploy;

/// <summary>One statement of a policy.</summary>
/// <param name="Allows">Whether it allows or denies.</param>
/// <param name="Actions">Actions, such as <c>s3:GetObject</c>.</param>
/// <param name="Resources">Resources, with <c>${Lake.Arn}</c> and the like as the template says them.</param>
internal sealed record Statement(bool Allows, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources)
{
    private const string Objects = "${Lake.Arn}/";

    /// <summary>Whether it covers an action on the lake's bucket.</summary>
    public bool CoversBucket(string action) => Actions.Contains(action) && Resources.Contains("${Lake.Arn}");

    /// <summary>Whether it covers an action on an object of the lake.</summary>
    public bool CoversObject(string action, string key) =>
        Actions.Contains(action) && Resources.Any(resource => resource.StartsWith(Objects, StringComparison.Ordinal) && Matches(resource[Objects.Length..], key));

    /// <summary>Whether it covers an action on something of Glue, such as <c>table/stedi/customer_landing</c>.</summary>
    public bool CoversGlue(string action, string name) =>
        Actions.Contains(action) && Resources.Any(resource => resource == "*" || (resource.Contains(":glue:", StringComparison.Ordinal) && Matches(resource[(resource.LastIndexOf(':') + 1)..], name)));

    private static bool Matches(string pattern, string key) =>
        Regex.IsMatch(key, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$");
}
