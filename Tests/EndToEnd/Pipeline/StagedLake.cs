using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;
using Temporalio.Testing;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>A run that stops after it has built its tables and before it audits them, so that a test can change one of them.</summary>
internal sealed class StagedLake
{
    private readonly InProcessStack _stack;

    private StagedLake(InProcessStack stack, RunContext run) => (_stack, Run) = (stack, run);

    public RunContext Run { get; }

    public SortedDictionary<string, string> WorkTables { get; } = new(StringComparer.Ordinal);

    /// <summary>Stages the landing data and builds all five tables, with the project's activities.</summary>
    public static async Task<StagedLake> MakeAsync(InProcessStack stack, ConsentPolicy policy = ConsentPolicy.Given)
    {
        var lake = new StagedLake(stack, new(Guid.NewGuid().ToString(), "test", TimeProvider.System.GetUtcNow(), "", policy));
        foreach (var source in LandingSources.All)
        {
            var crawled = await lake.InvokeAsync((ICatalogActivities catalog) => catalog.CrawlAsync(new(lake.Run, source)));
            var staged = await lake.InvokeAsync((ICatalogActivities catalog) => catalog.StageAsync(new(lake.Run, Guid.NewGuid(), crawled)));
            lake.WorkTables[staged.Data.Table] = staged.Data.WorkTable;
        }

        await lake.AddAsync((IConsentActivities consent) => consent.FilterCustomersAsync(lake.Input));
        await lake.AddAsync((IConsentActivities consent) => consent.FilterAccelerometerAsync(lake.Input));
        await lake.AddAsync((ICurationActivities curation) => curation.CurateCustomersAsync(lake.Input));
        await lake.AddAsync((ISensorActivities sensors) => sensors.FilterStepTrainerAsync(lake.Input));
        await lake.AddAsync((ISensorActivities sensors) => sensors.JoinSensorsAsync(lake.Input));
        return lake;
    }

    /// <summary>A copy in which a test can replace tables without changing this one.</summary>
    public StagedLake Copy()
    {
        var copy = new StagedLake(_stack, Run);
        foreach (var (name, table) in WorkTables)
        {
            copy.WorkTables[name] = table;
        }

        return copy;
    }

    /// <summary>Replaces a table with the result of a SELECT. Placeholders are those of the project's SQL files.</summary>
    public async Task ReplaceAsync(string table, string select, IReadOnlyList<LakeColumn>? columns = null)
    {
        var names = SqlNames.For(Run, WorkTables, _stack.Lake);
        foreach (var (name, value) in names)
        {
            select = select.Replace($"${{{name}}}", value, StringComparison.Ordinal);
        }

        var made = await InvokeAsync((TableBuilder builder) => builder.WriteAsync(
            Run with { Id = Guid.NewGuid().ToString() }, Guid.NewGuid(), table, "trusted", columns ?? LakeContract.Table(table).WorkColumns, select, (_, _) => Task.FromResult(0L)));
        WorkTables[table] = made.WorkTable;
    }

    /// <summary>Runs one audit on the tables as they are now.</summary>
    public async Task<T> AuditAsync<T>(Func<IAuditActivities, AuditInput, Task<T>> audit)
    {
        await AddAsync((IAuditActivities audits) => audits.DecidePeopleAsync(Input));
        return await InvokeAsync((IAuditActivities audits) => audit(audits, new(Run, WorkTables)));
    }

    private BuildInput Input => new(Run, Guid.NewGuid(), WorkTables);

    private async Task AddAsync<TActivities>(Func<TActivities, Task<BuiltTable>> build)
        where TActivities : class
    {
        var made = await InvokeAsync(build);
        WorkTables[made.Table] = made.WorkTable;
    }

    private Task<TResult> InvokeAsync<TActivities, TResult>(Func<TActivities, Task<TResult>> call)
        where TActivities : class => new ActivityEnvironment().RunAsync(async () =>
        {
            await using var scope = _stack.Services.CreateAsyncScope();
            return await call(scope.ServiceProvider.GetRequiredService<TActivities>());
        });
}
