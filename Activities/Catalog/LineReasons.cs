using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>The branches of a CASE that gives the reason why a line is not accepted, or NULL.</summary>
/// <param name="source">The line's source.</param>
/// <param name="isAbsent">The expression that tells whether a column's key is missing, or its value is null or blank text.</param>
/// <param name="timeProblem">The expression for what is wrong with the time of a column.</param>
internal sealed class LineReasons(SourceContract source, Func<LakeColumn, string> isAbsent, Func<LakeColumn, string> timeProblem)
{
    // The pattern takes time that grows with the square of a line's length in the worst case.
    private const int MaxLengthWithEscapes = 65_536;
    private const string EscapedKey = @"'""(?:[^""\\]|\\.)*?\\u00(?:22|4[1-9A-Fa-f]|5[0-9Aa]|6[1-9A-Fa-f]|7[0-9Aa])(?:[^""\\]|\\.)*""\s*:'";

    /// <summary>Whether a key is written with an escape of a letter, or of a quote, behind which another key could seem to begin.</summary>
    public static string HasEscapedKey =>
        $@"(strpos(body, '\u') > 0 AND (length(body) > {MaxLengthWithEscapes} OR regexp_like(body, {EscapedKey})))";

    /// <summary>The pattern of a key, at any depth and in any case, with its colon.</summary>
    public static string KeyPattern(string keys) => $@"'(?i)""(?:{InAnyCase(keys)})""\s*:'";

    /// <summary>The pattern of keys behind <c>(?i)</c>, to which a capital I with a dot is no i. Its lower case is one.</summary>
    public static string InAnyCase(string keys) => keys.Replace("i", @"[i\x{130}]", StringComparison.Ordinal);

    /// <summary>Whether a key of the contract is given twice in one spelling. json_parse keeps the last of equal keys, so its text has fewer.</summary>
    public string IsGivenTwice
    {
        get
        {
            var pattern = KeyPattern(string.Join('|', source.Columns.Select(column => column.Name)));
            return $"(members IS NULL OR regexp_count(body, {pattern}) <> regexp_count(json_format(json_parse(body)), {pattern}))";
        }
    }

    /// <summary>The branches for lines that are no records.</summary>
    /// <param name="isPlain">Whether the line is plain.</param>
    /// <param name="isGivenTwice">Whether a key is given twice, for a line that is one object and is not plain.</param>
    public static IEnumerable<string> NoRecord(string isPlain, string isGivenTwice) =>
    [
        $"WHEN body IN ('', '[', ']', '{"{}"}') THEN '{StagingReasons.Blank}'",
        $"WHEN members IS NULL AND try({StagingQuery.Object}) IS NULL THEN 'not one JSON object'",
        $"WHEN NOT {isPlain} AND {HasEscapedKey} THEN 'a key is written with an escape'",
        $"WHEN NOT {isPlain} AND {isGivenTwice} THEN 'a key is given twice'",
    ];

    /// <summary>The branches for columns whose values make a line a rejected one.</summary>
    public IEnumerable<string> Columns() => source.Columns.Where(column => column.Required || column.Kind is ValueKind.Time or ValueKind.Consent).Select(Column);

    /// <summary>Whether an optional time is absent; 0 says so too.</summary>
    public string IsAbsentTime(LakeColumn column) => $"coalesce({column.Name}_time = 0, false) OR {isAbsent(column)}";

    private string Column(LakeColumn column) => column.Kind switch
    {
        ValueKind.Consent => $"WHEN {StagingQuery.Quoted(column)} IS NULL AND NOT no_consent THEN {Problem(column)}",
        _ when !column.Required => $"WHEN {StagingQuery.Quoted(column)} IS NULL AND NOT ({IsAbsentTime(column)}) THEN {Problem(column)}",
        // A customer's person may come from an inner object, which does not make the line a record.
        ValueKind.Email => $"WHEN person IS NULL OR {column.Name}_text IS NULL THEN {AbsentOr(column)}",
        ValueKind.SerialNumber => $"WHEN device IS NULL THEN {AbsentOr(column)}",
        _ => $"WHEN {StagingQuery.Quoted(column)} IS NULL THEN {AbsentOr(column)}",
    };

    private string AbsentOr(LakeColumn column) => $"CASE WHEN {isAbsent(column)} THEN 'no {column.Name}' ELSE {Problem(column)} END";

    private string Problem(LakeColumn column) => column.Kind switch
    {
        ValueKind.Email => $"'{column.Name} is not an email address'",
        ValueKind.SerialNumber => $"'{column.Name} is not a serial number'",
        ValueKind.Number => $"'{column.Name} is not a finite number'",
        ValueKind.Distance => $"'{column.Name} is not a whole number of 32 bits'",
        _ => $"'{column.Name} ' || {timeProblem(column)}",
    };
}
