using Spectre.Console;
using Spectre.Console.Rendering;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>Prints a run's report.</summary>
public sealed class ReportView(IAnsiConsole console)
{
    /// <summary>Writes the whole report.</summary>
    public void Write(LakehouseReport report, ReportFooter footer)
    {
        console.WriteLine();
        WriteWithheld(report, footer);
        WriteHeadline(report);
        WriteTables(report);
        WriteLeftOut(report);
        WriteRejected(report);
        WriteAudits(report);
        WriteFooter(report, footer);
        WriteNext(report, footer);
    }

    private void WriteWithheld(LakehouseReport report, ReportFooter footer)
    {
        if (report.Withheld.Count > 0)
        {
            var people = report.Withheld.Sum(part => part.Rows);
            var reasons = string.Join(", ", report.Withheld.Select(part => $"{part.Reason}: {NumberFormat.Count(part.Rows)}"));
            console.Write(new Text($"{NumberFormat.Count(people)} {(people == 1 ? "person is" : "people are")} withheld, because their consent is in doubt ({reasons})", new Style(Color.Yellow, decoration: Decoration.Bold)));
            console.WriteLine($"; `{footer.Program} quarantine list {report.Run.Id}` lists the lines");
        }
    }

    private void WriteHeadline(LakehouseReport report)
    {
        if (report.Snapshot.Outcome == PublishOutcome.Published)
        {
            console.Write(new Text($"Published snapshot {NumberFormat.Count(report.Snapshot.Generation)}", new Style(Color.Green, decoration: Decoration.Bold)));
        }
        else
        {
            console.Write(new Text("Not published: a newer run published first", new Style(Color.Yellow, decoration: Decoration.Bold)));
        }

        console.WriteLine($" in {NumberFormat.Seconds(report.Seconds)}, consent policy {report.Run.Policy}, {NumberFormat.Bytes(report.BytesScanned)} scanned by Athena");
    }

    private void WriteTables(LakehouseReport report)
    {
        var rows = report.Landing.Select(source => new TableRow(source.Table, source.Rows, source.Bytes, source.Files, source.Seconds))
            .Concat(report.Tables.Select(table => new TableRow(table.Table, table.Rows, table.Bytes, table.Files, table.Seconds)))
            .ToLookup(row => LakeContract.ZoneOf(row.Table));
        var grid = Columns(left: 2, right: 4);
        Heading(grid, "Zone", "Table", "Rows", "Size", "Files", "Time");
        foreach (var zone in LakeZones.Visible)
        {
            var label = zone;
            foreach (var row in rows[zone])
            {
                grid.AddRow(
                    new Text(label, Color.Aqua),
                    new Text(row.Table),
                    new Text(NumberFormat.Count(row.Rows)),
                    new Text(NumberFormat.Bytes(row.Bytes)),
                    new Text(NumberFormat.Count(row.Files)),
                    new Text(NumberFormat.Seconds(row.Seconds), Color.Grey));
                label = "";
            }
        }

        console.WriteLine();
        console.Write(grid);
    }

    private void WriteLeftOut(LakehouseReport report)
    {
        var leftOut = report.LeftOut.Where(part => part.Rows > 0).ToList();
        if (leftOut.Count == 0)
        {
            return;
        }

        var grid = Columns(left: 2, right: 1);
        Heading(grid, "Left out of", "Because", "Rows");
        foreach (var part in leftOut)
        {
            grid.AddRow(new Text(part.Table), new Text(part.Reason), new Text(NumberFormat.Count(part.Rows)));
        }

        console.WriteLine();
        console.Write(grid);
        if (report.Tables.Any(table => table.Table == LakeTables.StepTrainerTrusted && table.Rows == 0)
            && leftOut.Where(part => part.Table == LakeTables.StepTrainerTrusted).Select(part => part.Reason).ToList() is [WithheldReasons.AmbiguousDevice])
        {
            console.WriteLine("Every device that readings came from is claimed by several people.");
        }
    }

    private void WriteRejected(LakehouseReport report)
    {
        const int Shown = 10;
        var rejections = report.Landing.SelectMany(source => source.Rejections).Where(rejection => rejection.Lines > 0)
            .OrderByDescending(rejection => rejection.Lines).ThenBy(rejection => rejection.File, StringComparer.Ordinal).ToList();
        var notes = report.Landing.SelectMany(source => source.Notes.Select(note => $"{source.Table}: {note}")).ToList();
        console.WriteLine();
        if (rejections.Count == 0)
        {
            console.WriteLine("No line was rejected.");
        }
        else
        {
            var grid = Columns(left: 2, right: 1);
            Heading(grid, "Rejected lines of", "Because", "Lines");
            foreach (var rejection in rejections.Take(Shown))
            {
                grid.AddRow(new Text(rejection.File), new Text(rejection.Reason), new Text(NumberFormat.Count(rejection.Lines)));
            }

            console.Write(grid);
            if (rejections.Count > Shown)
            {
                console.WriteLine($"and {NumberFormat.Count(rejections.Skip(Shown).Sum(rejection => rejection.Lines))} more lines in {NumberFormat.Count(rejections.Count - Shown)} other places; --json lists all");
            }
        }

        foreach (var source in report.Landing)
        {
            WriteOtherLines(source);
            WriteFiles("Skipped, because a name begins with _ or .", source.SkippedFiles);
            WriteFiles($"Arrived while {source.Table} was read", source.LateFiles);
        }

        foreach (var note in notes)
        {
            console.WriteLine($"Note on {note}");
        }
    }

    private void WriteOtherLines(LandingSourceReport source)
    {
        string[] parts =
        [
            .. Part(source.Blank, "blank line", "blank lines"),
            .. Part(source.Cleared, "cleared line", "cleared lines"),
            .. Part(source.DroppedValues, "dropped value", "dropped values"),
            .. Part(source.DamagedTexts, "damaged text", "damaged texts"),
        ];
        if (parts.Length > 0)
        {
            console.WriteLine($"Also in {source.Table}: {string.Join(", ", parts)}");
        }

        static IEnumerable<string> Part(long number, string one, string several) =>
            number > 0 ? [$"{NumberFormat.Count(number)} {(number == 1 ? one : several)}"] : [];
    }

    private void WriteFiles(string what, NamedFiles files)
    {
        if (files.Count > 0)
        {
            console.WriteLine($"{what}: {FileNames.List(files)}");
        }
    }

    private void WriteAudits(LakehouseReport report)
    {
        var grid = Columns(left: 2, right: 1);
        Heading(grid, "Audit", "", "Rows checked");
        foreach (var audit in report.Audits)
        {
            grid.AddRow(
                new Text(audit.Name),
                audit.Passed ? new Text("✓ holds", Color.Green) : new Text($"✗ {NumberFormat.Count(audit.Violations)} violations", Color.Red),
                new Text(NumberFormat.Count(audit.Checked)));
        }

        console.WriteLine();
        console.Write(grid);
    }

    private void WriteFooter(LakehouseReport report, ReportFooter footer)
    {
        var grid = Columns(left: 2, right: 0);
        grid.AddRow(new Text("Lake", Color.Aqua), new Text(footer.Lake));
        grid.AddRow(new Text("Temporal", Color.Aqua), new Text($"{footer.Temporal}, workflow {report.Run.WorkflowId}, run {report.Run.Id}"));
        grid.AddRow(new Text("Logs", Color.Aqua), new Text(footer.Logs));
        console.WriteLine();
        console.Write(grid);
    }

    private void WriteNext(LakehouseReport report, ReportFooter footer)
    {
        console.WriteLine();
        console.Write(new Text("What to type next", new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        console.WriteLine($"  {footer.Program} tables");
        console.WriteLine($"  {footer.Program} sql \"select * from {LakeTables.MachineLearningCurated} limit 5\"");
        if (report.Run.Policy == ConsentPolicy.Given)
        {
            console.WriteLine($"  {footer.Program} --consent AtReading");
        }
    }

    private static Grid Columns(int left, int right)
    {
        var grid = new Grid();
        for (var i = 0; i < left; i++)
        {
            grid.AddColumn(new GridColumn { NoWrap = i == 0, Padding = new Padding(0, 0, 2, 0) });
        }

        for (var i = 0; i < right; i++)
        {
            grid.AddColumn(new GridColumn { NoWrap = true, Alignment = Justify.Right, Padding = new Padding(0, 0, i == right - 1 ? 0 : 2, 0) });
        }

        return grid;
    }

    private static void Heading(Grid grid, params string[] names) =>
        grid.AddRow([.. names.Select(name => (IRenderable)new Text(name, new Style(decoration: Decoration.Bold)))]);

    private sealed record TableRow(string Table, long Rows, long Bytes, int Files, double Seconds);
}

/// <summary>The addresses and paths at the end of a report.</summary>
/// <param name="Lake">The lake: a folder on a laptop, an <c>s3://</c> URI elsewhere.</param>
/// <param name="Temporal">The server's address.</param>
/// <param name="Logs">The folder of log files.</param>
/// <param name="Program">How the user started the program.</param>
public sealed record ReportFooter(string Lake, string Temporal, string Logs, string Program)
{
    /// <summary>The footer for a stack.</summary>
    internal static async Task<ReportFooter> OfAsync(LakehouseStack stack, string program) => new(
        stack.LakePlace,
        (await stack.ConnectAsync()).Connection.Options.TargetHost!,
        StackFolder.Display(stack.Folder.Logs),
        program);
}
