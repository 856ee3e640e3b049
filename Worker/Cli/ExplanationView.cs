using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Privacy;
using Stedi.Temporal.Worker.Cli.Output;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Prints what the lake holds of a person. People and devices have numbers.</summary>
internal sealed class ExplanationView(IAnsiConsole console)
{
    private const int LineLength = 12;

    /// <summary>Writes it.</summary>
    public void Write(Explanation explanation)
    {
        if (explanation.People.Count == 0)
        {
            console.WriteLine("No customer line of today's landing claims this device, and no person is known who has it.");
            return;
        }

        if (explanation.People.Count > 1)
        {
            console.WriteLine($"{explanation.People.Count.ToString(CultureInfo.InvariantCulture)} people claim this device, so it belongs to nobody, and its readings are used for nobody (rule 4.8).");
            console.WriteLine();
        }

        foreach (var person in explanation.People)
        {
            Write(person, explanation, explanation.People.Count > 1);
        }
    }

    private void Write(ExplainedPerson person, Explanation explanation, bool isOneOfSeveral)
    {
        var who = isOneOfSeveral ? $"Person {person.Number.ToString(CultureInfo.InvariantCulture)}" : "The person";
        Heading(person.ConsentSince is { } since ? $"{who} agrees to research since {RunFormat.Time(since)} UTC." : $"{who} is withheld: {person.WithheldFor ?? "no record"}.");
        console.WriteLine($"Rule {person.Rule.Number}: {person.Rule.Text}");
        if (person.Records.FirstOrDefault(record => record.DevicePeople > 1) is { Device: { } device } shared)
        {
            console.WriteLine($"Device {device.ToString(CultureInfo.InvariantCulture)} is claimed by {shared.DevicePeople.ToString(CultureInfo.InvariantCulture)} people, so its readings are used for nobody (rule 4.8).");
        }

        console.WriteLine();
        if (person.Records.Count > 0)
        {
            WriteGrid(["Time (UTC)", "Record", "Consent", "Device", "Line", "File"], person.Records.Select(Cells));
            console.WriteLine();
        }

        if (explanation.Snapshots.Count == 0)
        {
            console.WriteLine("Nothing is published yet.");
        }

        foreach (var snapshot in explanation.Snapshots)
        {
            WriteRows(snapshot, person.Rows, isCurrent: snapshot == explanation.Snapshots[0]);
        }

        if (person.ConsentSince is null && person.Rows.Count > 0)
        {
            console.WriteLine("The next run that publishes leaves them out. Kept snapshots hold them until they are no longer kept.");
        }

        console.WriteLine();
    }

    private void WriteRows(ExplainedSnapshot snapshot, IReadOnlyList<HeldRows> rows, bool isCurrent)
    {
        var held = rows.Where(row => row.Generation == snapshot.Generation).Select(row => $"{NumberFormat.Count(row.Rows)} in {row.Table}").ToList();
        var unknown = snapshot.IsTrainingTableKnown ? "" : "; rows of machine_learning_curated cannot be told, because another key made its pseudonyms";
        console.WriteLine($"Snapshot {NumberFormat.Count(snapshot.Generation)} ({(isCurrent ? "published" : "kept")}, {RunFormat.Time(snapshot.AsOf)} UTC): {(held.Count == 0 ? "no rows of the person" : string.Join(", ", held))}{unknown}");
    }

    private static IReadOnlyList<string> Cells(ExplainedRecord record) =>
    [
        record.Time is { } time ? RunFormat.Time(time) : "unknown",
        (record.Reason is null ? "accepted" : record.Reason == StagingReasons.Cleared ? "cleared" : $"rejected: {record.Reason}") + (record.IsDated ? "" : ", no lastUpdateDate"),
        record.Consent is { } consent ? RunFormat.Time(consent) : record.StatesConsent ? "unreadable" : "none",
        record.Device?.ToString(CultureInfo.InvariantCulture) ?? "-",
        record.Line is { } line ? line[..Math.Min(LineLength, line.Length)] : "-",
        record.File.Split('/', 4)[^1],
    ];

    private void Heading(string text)
    {
        console.Write(new Text(text, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
    }

    private void WriteGrid(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var grid = new Grid();
        foreach (var _ in header)
        {
            grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 2, 0) });
        }

        grid.AddRow([.. header.Select(name => (IRenderable)new Text(name, new Style(decoration: Decoration.Bold)))]);
        foreach (var row in rows)
        {
            grid.AddRow([.. row.Select(cell => (IRenderable)new Text(TerminalText.Escape(cell)))]);
        }

        console.Write(grid);
    }
}
