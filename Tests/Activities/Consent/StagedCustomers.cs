using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Tests.Consent;

/// <summary>Customer files of a lake, staged by the product's query.</summary>
internal static class StagedCustomers
{
    private const string Landing = "customer/landing/";

    /// <summary>Lands a file of lines.</summary>
    public static Task LandAsync(TestLake lake, string file, IEnumerable<string> lines) => lake.PutAsync(Landing + file, string.Join('\n', lines) + "\n");

    /// <summary>The URI of a landed file.</summary>
    public static string Uri(TestLake lake, string file) => $"s3://{lake.Options.Bucket}/{Landing}{file}";

    /// <summary>Stages what has landed and returns the qualified name of the table.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="clearedLines">The qualified name of the table of cleared lines, or null.</param>
    public static async Task<string> StageAsync(TestLake lake, string? clearedLines = null)
    {
        var run = TestLake.NewRun(DateTimeOffset.FromUnixTimeMilliseconds(LineValue.RunTime));
        var source = LakeContract.Source(LandingSources.Customer);
        var text = SqlNames.TextTable(source.Name, run);
        await lake.Catalog.RegisterAsync(lake.Options.WorkDatabase, TableDefinitions.Text(text, $"s3://{lake.Options.Bucket}/{Landing}"), TestContext.Current.CancellationToken);
        var select = StagingQuery.For(source, new(
            SqlNames.Qualified(lake.Options.WorkDatabase, text),
            SqlNames.Qualified(lake.Options.PrivateDatabase, lake.Options.PseudonymKeyTable),
            clearedLines,
            LineValue.RunTime));
        var staged = await lake.InActivityAsync((TableBuilder tables) => tables.WriteAsync(run, Guid.NewGuid(), source.StagedTable, LakeZones.Staged, source.StagedColumns, select));
        return SqlNames.Qualified(lake.Options.WorkDatabase, staged.WorkTable);
    }
}
