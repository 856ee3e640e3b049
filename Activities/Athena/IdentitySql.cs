namespace Stedi.Temporal.Activities.Athena;

/// <summary>
/// SQL expressions that clean an email address or a serial number, so that spellings of one identity are equal. Both engines, Trino and
/// the local one, evaluate them alike; Unicode classes such as <c>\p{C}</c> would differ.
/// </summary>
public static class IdentitySql
{
    /// <summary>The characters that are removed at the ends of an identity, as the content of a regular expression's class.</summary>
    public const string WhiteSpace = @"\x{9}-\x{D}\x{20}\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}-\x{2029}\x{202F}\x{205F}\x{3000}";

    /// <summary>The invisible characters that are removed wherever they stand, as the content of a regular expression's class.</summary>
    public const string Invisible =
        @"\x{0}-\x{8}\x{E}-\x{1F}\x{7F}-\x{84}\x{86}-\x{9F}\x{AD}\x{34F}\x{61C}\x{115F}-\x{1160}\x{17B4}-\x{17B5}\x{180B}-\x{180F}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}\x{2800}\x{3164}\x{FE00}-\x{FE0F}\x{FEFF}\x{FFA0}\x{FFF0}-\x{FFFB}\x{1BCA0}-\x{1BCA3}\x{1D173}-\x{1D17A}\x{E0000}-\x{E0FFF}";

    // Printable ASCII without the characters that no address may have, and without @.
    private const string PlainAddressPart = @"[!#-'*+\-./0-9:=A-Z^_`a-z|~]*";
    private const string AddressPart = @"[^""\\,;?<>()\[\]{}@\x{FFFD}" + WhiteSpace + "]*";

    /// <summary>Whether text is an email address of plain ASCII characters, which needs no cleaning but a change of case.</summary>
    public static string IsPlainAddress(string text) => $@"regexp_like({text}, '\A{Quoted(PlainAddressPart)}@{Quoted(PlainAddressPart)}\z')";

    /// <summary>Whether text without damage is a cleaned email address: one @, and none of the characters that separate or quote addresses.</summary>
    public static string IsAddress(string cleaned) => $@"regexp_like({cleaned}, '\A{Quoted(AddressPart)}@{Quoted(AddressPart)}\z')";

    /// <summary>The cleaned identity of any text.</summary>
    public static string Clean(string text)
    {
        var visible = $"regexp_replace(normalize({text}, NFC), '[{Invisible}]', '')";
        var trimmed = $@"regexp_replace({visible}, '\A[{WhiteSpace}]+|[{WhiteSpace}]+\z', '')";
        // Lower-case letters that differ by the place in the word or by the language.
        return $"normalize(replace(replace(lower({trimmed}), 'i' || chr(775), 'i'), chr(962), chr(963)), NFC)";
    }

    private static string Quoted(string pattern) => pattern.Replace("'", "''", StringComparison.Ordinal);
}
