using System.Text;
using System.Text.RegularExpressions;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>DuckDB macros for functions of Athena that DuckDB lacks or that mean something else there.</summary>
internal static partial class MacroLibrary
{
    // Whitespace for Java's String.trim, and for Trino's trim function.
    private const string ControlBlanks = @"[\x00-\x20]*";
    private const string Blanks = @"[\x{9}-\x{d}\x{1c}-\x{20}\x{1680}\x{2000}-\x{2006}\x{2008}-\x{200a}\x{2028}\x{2029}\x{205f}\x{3000}]+";
    private const string TooManyEntries = "error('INVALID_FUNCTION_ARGUMENT: result of sequence function must not have more than 10000 entries')";
    private const string Integers = "('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT')";

    /// <summary>With a text this short the length of a function's result needs no check.</summary>
    public const int MaxUncheckedLength = 64;

    // DuckDB's memory limit does not count the result of one call, which cannot be interrupted either. The first is Trino's limit.
    private const int MaxEntries = 10_000, MaxResultLength = 256 << 10;

    /// <summary>The statements that define the macros.</summary>
    public static string Script { get; } = ToScript(Definitions());

    private static string ToScript(Dictionary<string, string> definitions)
    {
        var done = new HashSet<string>();
        var script = new StringBuilder();
        foreach (var name in definitions.Keys)
        {
            Append(name, definitions, done, script);
        }

        return script.ToString();
    }

    // The macros that a macro calls are defined before it.
    private static void Append(string name, Dictionary<string, string> definitions, HashSet<string> done, StringBuilder script)
    {
        if (!done.Add(name))
        {
            return;
        }

        var definition = definitions[name];
        foreach (Match used in Name().Matches(definition[definition.IndexOf(" AS ", StringComparison.Ordinal)..]))
        {
            Append(used.Value, definitions, done, script);
        }

        script.Append("CREATE MACRO ").Append(definition).AppendLine(";");
    }

    private static Dictionary<string, string> Definitions()
    {
        List<string> macros =
        [
            $"trino_divide(a, b) AS CASE WHEN b = 0 THEN CASE WHEN typeof(a) IN {Integers} AND typeof(b) IN {Integers} THEN error('DIVISION_BY_ZERO: Division by zero') ELSE a // '5e-324' END ELSE a // b END",
            $"trino_try_divide(a, b) AS CASE WHEN b = 0 THEN CASE WHEN typeof(a) IN {Integers} AND typeof(b) IN {Integers} THEN NULL ELSE a // '5e-324' END ELSE a // b END",
            "trino_try_modulus(a, b) AS a % b",
            $"trino_modulus(a, b) AS CASE WHEN b = 0 AND typeof(a) IN {Integers} AND typeof(b) IN {Integers} THEN error('DIVISION_BY_ZERO: Division by zero') ELSE a % b END",
            // Faster than DuckDB's own trim, which parses its list of characters for every value: a call of one function is evaluated once
            // per entry of a dictionary-encoded column, and its result is dictionary-encoded too.
            $"trino_trim(s) AS regexp_replace(s, '^{Blanks}|{Blanks}$', '', 'g')",
            $"trino_ltrim(s) AS regexp_replace(s, '^{Blanks}', '')",
            $"trino_rtrim(s) AS regexp_replace(s, '{Blanks}$', '')",
            "trino_substr_2(s, f) AS CASE WHEN f = 0 OR f < -length(s) THEN '' ELSE substring(s, f) END",
            "trino_substr_3(s, f, n) AS CASE WHEN f = 0 OR f < -length(s) OR n <= 0 THEN '' ELSE substring(s, f, n) END",
            "trino_split_part(s, d, i) AS CASE WHEN i > len(string_split(s, d)) THEN NULL ELSE split_part(s, d, i) END",
            // An empty text is a match that is empty, a group that took no part in the match, or no match; the list tells them apart.
            "trino_regexp_extract_2(s, p) AS coalesce(nullif(regexp_extract(s, p), ''), regexp_extract_all(s, p)[1])",
            "trino_regexp_extract_3(s, p, g) AS coalesce(nullif(regexp_extract(s, p, g), ''), regexp_extract_all(s, p, g)[1])",
            "trino_regexp_count(s, p) AS CAST(len(regexp_extract_all(s, p)) AS BIGINT)",
            // Trino counts characters from 1; without a match it is -1.
            "trino_regexp_position_2(s, p) AS CASE WHEN regexp_matches(s, p) THEN CAST(length(regexp_extract(s, '(?s)\\A(.*?)(?:' || p || ')', 1)) + 1 AS INTEGER) WHEN s IS NOT NULL AND p IS NOT NULL THEN -1 END",
            "trino_regexp_position_3(s, p, f) AS CASE WHEN trino_regexp_position_2(substring(s, f), p) > 0 THEN CAST(trino_regexp_position_2(substring(s, f), p) + f - 1 AS INTEGER) ELSE trino_regexp_position_2(substring(s, f), p) END",
            "trino_md5(b) AS unhex(md5(b))",
            "trino_sha1(b) AS unhex(sha1(b))",
            "trino_sha256(b) AS unhex(sha256(b))",
            "trino_sqrt(x) AS CASE WHEN x < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt(x) END",
            "trino_ln(x) AS CASE WHEN x < 0 THEN CAST('NaN' AS DOUBLE) WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE ln(x) END",
            "trino_log2(x) AS CASE WHEN x < 0 THEN CAST('NaN' AS DOUBLE) WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE log2(x) END",
            "trino_log10(x) AS CASE WHEN x < 0 THEN CAST('NaN' AS DOUBLE) WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE log10(x) END",
            "trino_e() AS exp(1.0::DOUBLE)",
            "trino_nan() AS CAST('NaN' AS DOUBLE)",
            "trino_infinity() AS CAST('Infinity' AS DOUBLE)",
            "trino_from_unixtime(x) AS to_timestamp(CAST(x AS DOUBLE))",
            "trino_from_iso8601_date(s) AS CAST(s AS DATE)",
            "trino_from_iso8601_timestamp(s) AS CAST(s AS TIMESTAMPTZ)",
            "trino_json_format(j) AS CAST(j AS VARCHAR)",
            "trino_typeof(x) AS clr_type_name(typeof(x))",
            "trino_any_match(matches) AS CASE WHEN list_contains(matches, true) THEN true WHEN len(list_filter(matches, x -> x IS NULL)) > 0 THEN NULL ELSE matches IS NULL AND NULL END",
            "trino_all_match(matches) AS CASE WHEN list_contains(matches, false) THEN false WHEN len(list_filter(matches, x -> x IS NULL)) > 0 THEN NULL ELSE matches IS NOT NULL OR NULL END",
            "trino_none_match(matches) AS NOT trino_any_match(matches)",
            "trino_array_distinct(a) AS list_filter(a, (x, i) -> list_position(a, x) = i)",
            "trino_map_entries(m) AS list_transform(map_entries(m), e -> row(e.key, e.value))",
            "trino_array_position(a, x) AS CAST(coalesce(list_position(a, x), 0) AS BIGINT)",
            "trino_uuid() AS CAST(uuid() AS VARCHAR)",
            $"trino_sequence_2(a, b) AS CASE WHEN CAST(b AS DOUBLE) - CAST(a AS DOUBLE) >= {MaxEntries} THEN {TooManyEntries} ELSE generate_series(a, b) END",
            $"trino_sequence_3(a, b, s) AS CASE WHEN (CAST(b AS DOUBLE) - CAST(a AS DOUBLE)) / nullif(CAST(s AS DOUBLE), 0) >= {MaxEntries} THEN {TooManyEntries} ELSE generate_series(a, b, s) END",
            $"trino_sequence_of_times(a, b, s) AS CASE WHEN (epoch(b) - epoch(a)) / nullif(epoch(s), 0) >= {MaxEntries} THEN {TooManyEntries} ELSE generate_series(a, b, s) END",
            $"trino_lpad(s, n, p) AS CASE WHEN n > {MaxResultLength} THEN {TooLong("lpad")} ELSE lpad(s, n, p) END",
            $"trino_rpad(s, n, p) AS CASE WHEN n > {MaxResultLength} THEN {TooLong("rpad")} ELSE rpad(s, n, p) END",
            $"trino_replace(s, f, r) AS CASE WHEN strlen(r) > {MaxUncheckedLength} AND strlen(s) / greatest(strlen(f), 1) * strlen(r) > greatest({MaxResultLength}, 2 * strlen(s)) THEN {TooLong("replace")} ELSE replace(s, f, r) END",
            $"trino_regexp_replace(s, p, r) AS CASE WHEN strlen(s) * strlen(r) > {MaxResultLength} THEN {TooLong("regexp_replace")} ELSE regexp_replace(s, p, r, 'g') END",
            $"trino_array_join(a, s) AS CASE WHEN strlen(s) > {MaxUncheckedLength} AND len(a) * strlen(s) > {MaxResultLength} THEN {TooLong("array_join")} ELSE array_to_string(a, s) END",
            .. CastMacros.All(ControlBlanks),
        ];
        return macros.ToDictionary(m => m[..m.IndexOf('(', StringComparison.Ordinal)]);
    }

    private static string TooLong(string function) => $"error('INVALID_FUNCTION_ARGUMENT: the local engine returns at most {MaxResultLength} characters from one call of {function}')";

    [GeneratedRegex(@"\btrino_\w+")]
    private static partial Regex Name();
}
