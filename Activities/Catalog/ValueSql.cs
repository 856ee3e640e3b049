using System.Globalization;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// SQL expressions that read a JSON value as a column's type. A value is absent, readable, or unreadable: each has an expression. They
/// work on <c>json_parse</c>'s canonical text; casts alone would take full-width digits, hexadecimal numbers and NaN.
/// </summary>
/// <param name="asOf">The run's time in milliseconds since 1970.</param>
internal sealed class ValueSql(long asOf)
{
    // The latest time that Java, and so Trino's dates, writes with a year of four digits.
    private const long EndOfYear9999 = 253_402_300_799_999;
    private const long Year2000 = 946_684_800_000;
    private const long Day = 86_400_000;
    private const string WholeNumber = @"'\A-?[0-9]{1,19}(\.[0-9]*)?([eE]\+?[0-9]{1,2})?\z'";
    private const string AnyNumber = @"'\A-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?\z'";
    private const string NoConsentWords = "'', 'null', 'none', 'nan', 'nat', 'na', 'n/a', '<na>', 'undefined', '\\n', '-', 'no', 'false'";
    private const string Tab = "\t";

    // Of so few digits no number is infinite.
    private const string MaxFiniteDigits = "300";

    // A number's text has no hyphen behind the first character, so a value of this form is text.
    private const string PlainSerialNumber = @"'\A[0-9A-Za-z]+-[0-9A-Za-z-]*\z'";

    /// <summary>Text without the blanks around it, which may be empty.</summary>
    public static string Trimmed(string text) => $"trim(BOTH ' {Tab}' FROM {text})";

    /// <summary>The whole number that a text spells, or NULL.</summary>
    public static string Whole(string text) =>
        $"""
        CASE
            WHEN CAST(try_cast({text} AS bigint) AS varchar) = {text} THEN try_cast({text} AS bigint)
            ELSE {TrimmedWhole(Trimmed(text))}
        END
        """;

    /// <summary>The whole number that a text without blanks around it spells, or NULL.</summary>
    public static string TrimmedWhole(string trimmed)
    {
        var real = $"try_cast({trimmed} AS double)";
        return $"""
            CASE
                WHEN NOT regexp_like({trimmed}, {WholeNumber}) THEN NULL
                WHEN regexp_like({trimmed}, '\A-?[0-9]+\z') THEN try_cast({trimmed} AS bigint)
                WHEN abs({real}) < 9007199254740992e0 AND {real} = truncate({real}) THEN CAST({real} AS bigint)
            END
            """;
    }

    /// <summary>The finite number that a text spells, or NULL.</summary>
    public static string Number(string text)
    {
        var trimmed = Trimmed(text);
        return $"""
            CASE
                WHEN translate({text}, '0123456789.-', '') = '' AND length({text}) <= {MaxFiniteDigits} THEN try_cast({text} AS double)
                WHEN regexp_like({trimmed}, {AnyNumber}) AND is_finite(try_cast({trimmed} AS double)) THEN try_cast({trimmed} AS double)
            END
            """;
    }

    /// <summary>Whether text contains a character that stands for bytes that are not UTF-8.</summary>
    public static string IsDamaged(string text) => $"strpos({text}, chr(65533)) > 0";

    /// <summary>The cleaned identity of an email address, or NULL for one of plain characters, which needs no cleaning but a change of case.</summary>
    public static string CleanedAddress(string address) => $"CASE WHEN NOT {IdentitySql.IsPlainAddress(address)} THEN {IdentitySql.Clean(address)} END";

    /// <summary>The person that an email address names, or NULL if it cannot be read.</summary>
    /// <param name="address">The address.</param>
    /// <param name="cleaned">The column of its <see cref="CleanedAddress"/>.</param>
    public static string Person(string address, string cleaned) =>
        $"CASE WHEN {cleaned} IS NULL THEN lower({address}) WHEN NOT {IsDamaged(address)} AND {IdentitySql.IsAddress(cleaned)} THEN {cleaned} END";

    /// <summary>The device that a serial number names, or NULL if it cannot be read.</summary>
    /// <param name="column">The column of the serial number.</param>
    public static string Device(LakeColumn column)
    {
        var text = $"{column.Name}_text";
        return $"""
            CASE
                WHEN regexp_like({text}, {PlainSerialNumber}) THEN lower({text})
                WHEN NOT {IsDamaged(text)} AND {IsTextOrWhole(column, 18)} THEN nullif({IdentitySql.Clean(text)}, '')
            END
            """;
    }

    /// <summary>Whether a value is text or a whole number of at most some digits.</summary>
    public static string IsTextOrWhole(LakeColumn column, int digits) =>
        $@"({StagingQuery.Json(column)} LIKE '""%' OR regexp_like({StagingQuery.Json(column)}, '\A-?[0-9]{{1,{digits.ToString(CultureInfo.InvariantCulture)}}}\z'))".Replace(@"\\", @"\", StringComparison.Ordinal);

    /// <summary>Whether a time that could be read is plausible.</summary>
    public string IsPlausible(string time) => $"{time} BETWEEN {Text(Year2000)} AND {Text(asOf + Day)}";

    /// <summary>Whether the time of a consent, which may lie in the future, is plausible.</summary>
    public static string IsPlausibleConsent(string time) => $"{time} BETWEEN {Text(Year2000)} AND {Text(EndOfYear9999)}";

    /// <summary>Why a time, which is NULL if it could not be read, is not plausible, as the end of a reason.</summary>
    public string TimeProblem(string time) =>
        $"""
        CASE
            WHEN {time} IS NULL THEN 'is not a time in milliseconds'
            WHEN {time} BETWEEN {Text(Year2000 / 1000)} AND {Text((asOf + Day) / 1000)} THEN 'looks like seconds, not milliseconds'
            WHEN {time} BETWEEN {Text(Year2000 * 1000)} AND {Text((asOf + Day) * 1000)} THEN 'looks like microseconds, not milliseconds'
            WHEN {time} / 1000000 BETWEEN {Text(Year2000)} AND {Text(asOf + Day)} THEN 'looks like nanoseconds, not milliseconds'
            WHEN {time} < {Text(Year2000)} THEN 'is before the year 2000'
            ELSE 'lies in the future'
        END
        """;

    /// <summary>Whether a text says that no consent was given.</summary>
    /// <param name="text">The value's text.</param>
    /// <param name="time">The time that it was read as, or NULL.</param>
    public static string IsNoConsent(string text, string time) =>
        $"{time} <= 0 OR ({time} IS NULL AND (lower({Trimmed(text)}) IN ({NoConsentWords}) OR regexp_like({Trimmed(text)}, '\\A-[0-9]+(\\.[0-9]*)?([eE]\\+?[0-9]{{1,2}})?\\z')))";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
