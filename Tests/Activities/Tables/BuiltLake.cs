using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Tests.Tables;

/// <summary>A lake whose landed lines are staged and whose five tables are made, by the activities themselves.</summary>
internal sealed class BuiltLake
{
    private BuiltLake(TestLake lake) => Lake = lake;

    public TestLake Lake { get; }

    public SortedDictionary<string, string> WorkTables { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, BuiltTable> Tables { get; } = new(StringComparer.Ordinal);

    public string Digest => TableDigest.Of(Tables.Values.Select(table => (table.Table, table.Location)));

    /// <summary>Jane consents and has one pair; John does not consent; one accelerometer line landed twice.</summary>
    public static async Task<BuiltLake> MakeAsync(LocalLakes lakes)
    {
        var made = new BuiltLake(await lakes.NewAsync());
        await made.StageAsync(
            LandingSources.Customer,
            """{"serialnumber":"d1","registrationdate":1655000000001,"sharewithresearchasofdate":1655000000100,"email":"jane@x","customername":"Jane"}""",
            """{"serialnumber":"d2","registrationdate":1655000000001,"email":"john@x","customername":"John"}""");
        await made.StageAsync(
            LandingSources.Accelerometer,
            """{"user":"jane@x","timestamp":1655000000200,"x":1,"y":2,"z":3}""",
            """{"user":"jane@x","timestamp":1655000000200,"x":1,"y":2,"z":3}""",
            """{"user":"john@x","timestamp":1655000000200,"x":1,"y":2,"z":3}""");
        await made.StageAsync(
            LandingSources.StepTrainer,
            """{"sensorreadingtime":1655000000200,"serialnumber":"d1","distancefromobject":10}""",
            """{"sensorreadingtime":1655000000201,"serialnumber":"d1","distancefromobject":11}""",
            """{"sensorreadingtime":1655000000200,"serialnumber":"d2","distancefromobject":12}""");
        await made.BuildAsync((IConsentActivities consent) => consent.FilterCustomersAsync(made.Input));
        await made.BuildAsync((IConsentActivities consent) => consent.FilterAccelerometerAsync(made.Input));
        await made.BuildAsync((ICurationActivities curation) => curation.CurateCustomersAsync(made.Input));
        await made.BuildAsync((ISensorActivities sensors) => sensors.FilterStepTrainerAsync(made.Input));
        await made.BuildAsync((ISensorActivities sensors) => sensors.JoinSensorsAsync(made.Input));
        return made;
    }

    /// <summary>Runs one audit on the tables as they are now.</summary>
    public async Task<T> AuditAsync<T>(Func<IAuditActivities, AuditInput, Task<T>> audit)
    {
        var decided = await Lake.InActivityAsync((IAuditActivities audits) => audits.DecidePeopleAsync(Input));
        WorkTables[decided.Table] = decided.WorkTable;
        return await Lake.InActivityAsync((IAuditActivities audits) => audit(audits, new(Lake.Run, WorkTables)));
    }

    public BuildInput Input => new(Lake.Run, Guid.NewGuid(), WorkTables);

    /// <summary>Lands and stages lines of one source, in place of what was staged of it.</summary>
    public async Task StageAsync(string source, params string[] lines)
    {
        var folder = $"{source}/landing/";
        await Lake.PutAsync(folder + "1.json", string.Concat(lines.Select(line => line + "\n")));
        var crawled = new CrawledSource { Source = source, Table = $"{source}_landing", Location = Lake.Objects.Uri(folder), Files = 1, Bytes = 1, Seconds = 0, Notes = [] };
        var staged = await Lake.InActivityAsync((ICatalogActivities catalog) => catalog.StageAsync(new(Lake.Run, Guid.NewGuid(), crawled)));
        WorkTables[staged.Data.Table] = staged.Data.WorkTable;
    }

    private async Task BuildAsync<TActivities>(Func<TActivities, Task<BuiltTable>> build)
        where TActivities : class
    {
        var table = await Lake.InActivityAsync(build);
        WorkTables[table.Table] = table.WorkTable;
        Tables[table.Table] = table;
    }
}
