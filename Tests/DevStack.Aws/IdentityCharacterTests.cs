using System.Globalization;
using System.Text.RegularExpressions;
using Stedi.Temporal.Activities.Athena;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>The characters that are removed from identities, which Trino's and DuckDB's regular expressions must match alike.</summary>
public sealed partial class IdentityCharacterTests(TranslationTests.QueryFixture lake) : IClassFixture<TranslationTests.QueryFixture>
{
    private const string Class =
        @"[\x{0}-\x{20}\x{7F}-\x{A0}\x{AD}\x{34F}\x{61C}\x{115F}-\x{1160}\x{1680}\x{17B4}-\x{17B5}\x{180B}-\x{180F}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{206F}\x{2800}\x{3000}\x{3164}\x{FE00}-\x{FE0F}\x{FEFF}\x{FFA0}\x{FFF0}-\x{FFFB}\x{1BCA0}-\x{1BCA3}\x{1D173}-\x{1D17A}\x{E0000}-\x{E0FFF}]";

    // What the pipeline removes, in two parts, is the same class.
    private const string Removed = $"[{IdentitySql.WhiteSpace}{IdentitySql.Invisible}]";

    [Theory]
    [InlineData(Class, "regexp_like(chr(c), '{0}')")]
    [InlineData(Class, "regexp_replace('a' || chr(c) || 'b', '{0}', '') = 'ab'")]
    [InlineData(Class, "regexp_count(chr(c) || 'a', '{0}') = 1")]
    [InlineData(Removed, "regexp_like(chr(c), '{0}')")]
    public async Task Class_OverAllCharacters_MatchesTheSameAsInTrino(string characters, string test)
    {
        var ranges = Ranges().Matches(Class).Select(m => (First: Number(m, 1), Last: Number(m, m.Groups[2].Success ? 2 : 1))).ToList();
        var isExpected = string.Join(" OR ", ranges.Select(range => $"c BETWEEN {range.First} AND {range.Last}"));
        var matches = test.Replace("{0}", characters, StringComparison.Ordinal);
        // Every character of Unicode, without surrogates.
        var all = "(SELECT a * 1000 + b AS c FROM UNNEST(sequence(0, 1114)) x(a) CROSS JOIN UNNEST(sequence(0, 999)) y(b) WHERE a * 1000 + b <= 1114111 AND a * 1000 + b NOT BETWEEN 55296 AND 57343)";

        (await lake.RowsAsync($"SELECT count(*) FROM {all} t WHERE {matches}")).ShouldBe(["4262"]);
        (await lake.RowsAsync($"SELECT c FROM {all} t WHERE ({matches}) <> ({isExpected})")).ShouldBeEmpty();
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\\x\{([0-9A-F]+)\}(?:-\\x\{([0-9A-F]+)\})?")]
    private static partial Regex Ranges();
}
