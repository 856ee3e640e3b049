using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>Stages the lines of a sensor's source: a line is accepted if it is a record with readable and plausible values.</summary>
internal sealed class ReadingStaging(SourceContract source, StagingTables tables, ValueSql values)
{
    private readonly LineReasons _reasons = new(source, StagingQuery.IsAbsent, column => values.TimeProblem($"{column.Name}_time"));

    public string Select() => StagingQuery.Bodies(tables.Text)
        .With($"{StagingQuery.Members(source)} AS members")
        .With([$"{StagingQuery.IsPlain("members")} AS is_plain", .. source.Columns.Select(StagingQuery.Text)])
        .With(source.Columns.Select(Read))
        .With(source.Columns.Where(column => column.Kind is ValueKind.Time or ValueKind.Distance or ValueKind.Email).Select(Fit))
        .With($"CASE\n        {string.Join("\n        ", [.. LineReasons.NoRecord("is_plain", _reasons.IsGivenTwice), .. _reasons.Columns()])}\n    END AS reason")
        .Select([.. source.Columns.Select(Output), .. source.Columns.Where(IsIdentity).Select(Identity), .. StagingQuery.LineColumns("0", "0")]);

    private static string Read(LakeColumn column) => column.Kind switch
    {
        ValueKind.Email => $"{ValueSql.CleanedAddress($"{column.Name}_text")} AS cleaned_address",
        ValueKind.SerialNumber => $"{ValueSql.Device(column)} AS device",
        ValueKind.Time => $"{ValueSql.Whole($"{column.Name}_text")} AS {column.Name}_time",
        ValueKind.Distance => $"{ValueSql.Whole($"{column.Name}_text")} AS {column.Name}_number",
        _ => $"{ValueSql.Number($"{column.Name}_text")} AS {column.Name}",
    };

    private string Fit(LakeColumn column) => column.Kind switch
    {
        ValueKind.Email => $"{ValueSql.Person($"{column.Name}_text", "cleaned_address")} AS person",
        ValueKind.Time => $"CASE WHEN {values.IsPlausible($"{column.Name}_time")} THEN {column.Name}_time END AS {StagingQuery.Quoted(column)}",
        _ => $"CASE WHEN {column.Name}_number BETWEEN -2147483648 AND 2147483647 THEN CAST({column.Name}_number AS integer) END AS {column.Name}",
    };

    private static string Output(LakeColumn column) =>
        IsIdentity(column) ? $"{column.Name}_text AS {StagingQuery.Quoted(column)}" : StagingQuery.Quoted(column);

    private static string Identity(LakeColumn column) => column.Kind == ValueKind.Email ? "person" : "device";

    private static bool IsIdentity(LakeColumn column) => column.Kind is ValueKind.Email or ValueKind.SerialNumber;
}
