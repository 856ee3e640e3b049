using System.Globalization;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// Stages the lines of customers. Any line may be somebody's withdrawal, so what can be read of a rejected line is read: the person, the
/// times, the consent and the device, but no value whose key is given twice.
/// </summary>
internal sealed class CustomerStaging(SourceContract source, StagingTables tables, ValueSql values)
{
    // Letters that the keys of inner objects may have in any case; the canonical text has no blanks.
    private static readonly string AddressAnywhere = $@"'(?i)""{LineReasons.InAnyCase("email")}"":(""(?:[^""\\]|\\.)*"")'";

    private readonly LineReasons _reasons = new(source, Absent, column => TimeElement("time_problems", source, column));

    public string Select() => StagingQuery.Bodies(tables.Text)
        .With($"{StagingQuery.Members(source)} AS unique_members")
        // Keys in two spellings are dropped, so that the others can be read.
        .With($"coalesce(unique_members, {StagingQuery.Members(source, $" AND cardinality(filter(map_keys({StagingQuery.Object}), other -> lower(other) = lower(k))) = 1")}) AS members")
        .With($"{StagingQuery.IsPlain("unique_members")} AS is_plain")
        .With(
            "CASE WHEN NOT is_plain AND members IS NOT NULL THEN json_format(json_parse(body)) END AS canonical",
            $"CASE WHEN NOT is_plain THEN {LineReasons.HasEscapedKey} ELSE false END AS has_escaped_key",
            $"CASE WHEN is_plain THEN 1 ELSE regexp_count(body, {LineReasons.KeyPattern("email")}) END AS emails")
        .With([.. source.Columns.Where(IsDeciding).Select(Once), .. source.Columns.Select(StagingQuery.Text)])
        .With(
            [
                AddressText,
                $"transform(ARRAY[{string.Join(", ", Times(source).Select(column => $"{column.Name}_text"))}], t -> {ValueSql.Trimmed("t")}) AS time_texts",
                .. source.Columns.Where(column => column.Kind != ValueKind.Consent).Select(column => $"{StagingQuery.IsAbsent(column)} AS {Absent(column)}"),
            ])
        .With(
            $"{ValueSql.CleanedAddress("address_text")} AS cleaned_address",
            $"transform(time_texts, t -> {ValueSql.TrimmedWhole("t")}) AS whole_times")
        .With(Times(source).Select(Time))
        .With(
            [
                $"{ValueSql.Person("address_text", "cleaned_address")} AS person",
                $"CASE WHEN serialnumber_once THEN {ValueSql.Device(Column("serialnumber"))} END AS device",
                NoConsent,
                $"transform(ARRAY[{string.Join(", ", Times(source).Select(column => $"{column.Name}_time"))}], t -> {values.TimeProblem("t")}) AS time_problems",
                .. Times(source).Select(Plausible),
                .. source.Columns.Where(column => column.Kind == ValueKind.Text).Select(FreeText),
            ])
        .With(
            $"{string.Join(" + ", source.Columns.Where(IsDroppable).Select(Dropped))} AS dropped_values",
            $"{string.Join(" + ", source.Columns.Where(column => column.Kind == ValueKind.Text).Select(Damaged))} AS damaged_texts",
            $"CASE\n        {string.Join("\n        ", Reasons())}\n    END AS line_reason")
        .With(RecordTime, "coalesce(consent_once AND NOT no_consent, false) AS states_consent", LineKey)
        .With($"{Reason} AS reason")
        .Select(
            [
                .. source.Columns.Select(Output),
                "person",
                "device",
                .. StagingQuery.LineColumns("CASE WHEN reason IS NULL THEN dropped_values ELSE 0 END", "CASE WHEN reason IS NULL THEN damaged_texts ELSE 0 END"),
                "line_key",
                "record_time",
                "states_consent",
            ]);

    private IEnumerable<string> Reasons() =>
    [
        .. LineReasons.NoRecord("is_plain", $"(unique_members IS NULL OR {_reasons.IsGivenTwice})"),
        "WHEN emails > 1 THEN 'email is given more than once'",
        .. _reasons.Columns(),
    ];

    // Rule 1 of consent.md, section 4.
    private static string RecordTime =>
        """
        CASE
                WHEN line_reason IS NULL AND sharewithresearchasofdate IS NOT NULL THEN coalesce(lastupdatedate, registrationdate)
                ELSE greatest(coalesce(lastupdatedate, registrationdate), coalesce(registrationdate, lastupdatedate))
            END AS record_time
        """;

    private string LineKey =>
        $"CASE WHEN coalesce(line_reason, '') <> '{StagingReasons.Blank}' THEN {LineKeys.Of($"person IS NULL OR lastupdatedate IS NULL OR {ValueSql.IsDamaged("line")}", tables.PseudonymKey)} END AS line_key";

    // A refusal with the time of its last update cannot be cleared.
    private string Reason =>
        $"""
        CASE
                WHEN {LineKeys.IsCleared("line_key", tables.ClearedLines)}
                    AND NOT (line_reason IS NULL AND sharewithresearchasofdate IS NULL AND lastupdatedate IS NOT NULL) THEN '{StagingReasons.Cleared}'
                ELSE line_reason
            END
        """;

    private static string AddressText =>
        $"""
        CASE
                WHEN is_plain THEN email_text
                WHEN members IS NULL OR has_escaped_key OR emails <> 1 THEN NULL
                WHEN element_at(members, 'email') IS NOT NULL THEN email_text
                ELSE json_extract_scalar(json_parse(regexp_extract(canonical, {AddressAnywhere}, 1)), '$')
            END AS address_text
        """;

    private string NoConsent
    {
        get
        {
            var consent = Column("sharewithresearchasofdate");
            return $"coalesce(CASE WHEN sharewithresearchasofdate_text IS NULL THEN {StagingQuery.IsNullOrMissing(consent)} ELSE {ValueSql.IsNoConsent("sharewithresearchasofdate_text", "sharewithresearchasofdate_time")} END, false) AS no_consent";
        }
    }

    private LakeColumn Column(string name) => source.Columns.Single(column => column.Name == name);

    private static IEnumerable<LakeColumn> Times(SourceContract source) => source.Columns.Where(IsTime);

    // The element of a column in an array with an element for each column of times.
    private static string TimeElement(string array, SourceContract source, LakeColumn column) =>
        $"element_at({array}, {(Times(source).ToList().IndexOf(column) + 1).ToString(CultureInfo.InvariantCulture)})";

    private static string Absent(LakeColumn column) => $"{column.Name}_absent";

    private static bool IsTime(LakeColumn column) => column.Kind is ValueKind.Time or ValueKind.Date or ValueKind.Consent;

    private static bool IsDeciding(LakeColumn column) => column.Kind is ValueKind.Time or ValueKind.Consent or ValueKind.SerialNumber;

    private static bool IsDroppable(LakeColumn column) => column.Kind is ValueKind.Date or ValueKind.Text;

    private static string Once(LakeColumn column)
    {
        var pattern = LineReasons.KeyPattern(column.Name);
        return $"is_plain OR coalesce(regexp_count(body, {pattern}) = regexp_count(canonical, {pattern}), false) AS {OnceName(column)}";
    }

    private static string OnceName(LakeColumn column) => column.Kind == ValueKind.Consent ? "consent_once" : $"{column.Name}_once";

    // Expressions of many functions stand once, in lambdas: engines take longer to plan a long query than to read some hundred lines.
    private string Time(LakeColumn column)
    {
        var whole = TimeElement("whole_times", source, column);
        return IsDeciding(column) ? $"CASE WHEN {OnceName(column)} THEN {whole} END AS {column.Name}_time" : $"{whole} AS {column.Name}_time";
    }

    private string Plausible(LakeColumn column)
    {
        var time = $"{column.Name}_time";
        return $"CASE WHEN {(column.Kind == ValueKind.Consent ? ValueSql.IsPlausibleConsent(time) : values.IsPlausible(time))} THEN {time} END AS {column.Name}";
    }

    private static string FreeText(LakeColumn column) =>
        $"CASE WHEN NOT {Absent(column)} AND {ValueSql.IsTextOrWhole(column, 19)} THEN {column.Name}_text END AS {column.Name}";

    private string Dropped(LakeColumn column) =>
        $"CASE WHEN {column.Name} IS NULL AND NOT ({(column.Kind == ValueKind.Date ? _reasons.IsAbsentTime(column) : Absent(column))}) THEN 1 ELSE 0 END";

    private static string Damaged(LakeColumn column) => $"CASE WHEN {ValueSql.IsDamaged(column.Name)} THEN 1 ELSE 0 END";

    private static string Output(LakeColumn column) =>
        column.Kind is ValueKind.Email or ValueKind.SerialNumber ? $"{column.Name}_text AS {column.Name}" : column.Name;
}
