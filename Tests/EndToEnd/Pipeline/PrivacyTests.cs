using System.Text.Json;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Stedi.DevStack.Landing;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Testing;
using Temporalio.Exceptions;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>No personal data leaves the lake, neither in runs that succeed nor in runs that fail.</summary>
public sealed class PrivacyTests
{
    [Fact]
    public async Task Run_WhenItSucceeds_LeavesNoPersonalDataOutsideTables()
    {
        await using var stack = await InProcessStack.StartAsync();
        var people = await LandAsync(stack);

        var handle = await stack.StartRunAsync();
        var report = await handle.GetResultAsync();

        people.Count.ShouldBeGreaterThan(50);
        people.ShouldNotOccurIn(JsonSerializer.Serialize(report, StediDataConverter.Json), "the report");
        await ShouldNotOccurInHistoryAsync(people, handle);
        await ShouldNotOccurOutsideTablesAsync(people, stack);
    }

    [Fact]
    public async Task Run_WhenItFailsOnRejectedLines_LeavesNoPersonalDataOutsideTables()
    {
        await using var stack = await InProcessStack.StartAsync();
        var people = await LandAsync(stack);
        var landed = await stack.Services.GetRequiredService<LakeObjects>().ListAsync("customer/landing/", CancellationToken.None);
        var lines = (await stack.Services.GetRequiredService<LakeObjects>().ReadAsync(landed[0].Key, CancellationToken.None)).ShouldNotBeNull().Text.Split('\n');
        await stack.LandTextAsync("customer/landing/cut-off.json", string.Join('\n', lines.Take(30).Select(line => line.Length > 60 ? line[..60] : line)));

        var handle = await stack.StartRunAsync();
        var failure = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        var root = failure.InnerException.ShouldBeOfType<ApplicationFailureException>();
        root.ErrorType.ShouldBe(FailureTypes.UnattributedLines);
        root.Message.ShouldContain("cut-off.json");
        people.ShouldNotOccurIn(failure.ToString(), "the failure");
        await ShouldNotOccurInHistoryAsync(people, handle);
        await ShouldNotOccurOutsideTablesAsync(people, stack);
    }

    [Fact]
    public async Task TrainingTable_AfterARun_HoldsNoPersonalData()
    {
        await using var stack = await InProcessStack.StartAsync();
        var people = await LandAsync(stack);

        await stack.RunAsync();

        var columns = (await stack.Glue.GetTableAsync(new() { DatabaseName = stack.Lake.Database, Name = LakeTables.MachineLearningCurated })).Table.StorageDescriptor.Columns;
        columns.Select(column => column.Name).ShouldBe(["pseudonym", "sensorreadingtime", "distancefromobject", "x", "y", "z"]);
        var pseudonyms = await stack.QueryAsync("SELECT DISTINCT pseudonym FROM machine_learning_curated");
        people.ShouldNotOccurIn(string.Join('\n', pseudonyms.Select(row => row["pseudonym"])), "the training table");
        var emails = await stack.QueryAsync("SELECT email FROM customers_curated");
        pseudonyms.Count.ShouldBe(emails.Count);
        people.OccursIn(emails[0]["email"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task PseudonymKey_AfterARun_IsInNoQueryAndNoHistory()
    {
        await using var stack = await InProcessStack.StartAsync();
        await LandAsync(stack);
        var objects = stack.Services.GetRequiredService<LakeObjects>();
        var key = JsonDocument.Parse((await objects.ReadAsync("private/pseudonym_key/key.json", CancellationToken.None)).ShouldNotBeNull().Text)
            .RootElement.GetProperty("key").GetString()!;

        var handle = await stack.StartRunAsync();
        await handle.GetResultAsync();

        foreach (var id in (await stack.Athena.ListQueryExecutionsAsync(new())).QueryExecutionIds)
        {
            (await stack.Athena.GetQueryExecutionAsync(new() { QueryExecutionId = id })).QueryExecution.Query.ShouldNotContain(key);
        }

        (await handle.FetchHistoryAsync()).Events.ShouldAllBe(historyEvent => !historyEvent.ToString().Contains(key, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task PseudonymKey_WithArbitraryText_WorksAndIsNotQuoted()
    {
        await using var stack = await InProcessStack.StartAsync();
        await LandAsync(stack);
        const string Key = "no hex ' \\u00fc -- at all";
        await stack.LandTextAsync("private/pseudonym_key/key.json", $$"""{"key":"{{Key}}"}""");

        var handle = await stack.StartRunAsync();
        await handle.GetResultAsync();

        (await stack.CountAsync("SELECT count(*) AS n FROM machine_learning_curated")).ShouldBePositive();
        (await handle.FetchHistoryAsync()).Events.ShouldAllBe(historyEvent => !historyEvent.ToString().Contains("no hex", StringComparison.Ordinal));
    }

    private static async Task<PersonalData> LandAsync(InProcessStack stack)
    {
        var folder = Directory.CreateTempSubdirectory("stedi-landing-").FullName;
        try
        {
            await LandingGenerator.WriteAsync(folder, new() { Seed = 11, Scale = 0.05 });
            await stack.LandAsync(folder);
            return PersonalData.Of(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ShouldNotOccurInHistoryAsync(PersonalData people, Temporalio.Client.WorkflowHandle handle)
    {
        var history = await handle.FetchHistoryAsync();
        foreach (var historyEvent in history.Events)
        {
            people.ShouldNotOccurIn(historyEvent.ToByteArray(), $"history event {historyEvent.EventId}");
        }
    }

    private static async Task ShouldNotOccurOutsideTablesAsync(PersonalData people, InProcessStack stack)
    {
        var objects = stack.Services.GetRequiredService<LakeObjects>();
        foreach (var prefix in (string[])["lineage/", "snapshots/", "runs/"])
        {
            foreach (var found in await objects.ListAsync(prefix, CancellationToken.None))
            {
                people.ShouldNotOccurIn((await objects.ReadAsync(found.Key, CancellationToken.None)).ShouldNotBeNull().Text, found.Key);
            }
        }
    }
}
