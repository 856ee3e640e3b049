using System.Text.RegularExpressions;

namespace Stedi.Temporal.Tests.Deploy;

/// <summary>One statement of a policy.</summary>
/// <param name="Allows">Whether it allows or denies.</param>
/// <param name="Actions">Actions, such as <c>s3:GetObject</c>.</param>
/// <param name="Resources">Resources, with <c>${Lake.Arn}</c> and the like as the template says them.</param>
sealed record Statement(bool Allows, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources)
{
    const string Objects = "${Lake.Arn}/";

    /// <summary>Whether it covers an action on an object of the lake.</summary>
    public bool CoversObject(string action, string key) =>
        Actions.Contains(action) && Resources.Any(resource => resource.StartsWith(Objects, StringComparison.Ordinal) && Matches(resource[Objects.Length..], key));

    static bool Matches(string pattern, string key) =>
        Regex.IsMatch(key, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$");
}
