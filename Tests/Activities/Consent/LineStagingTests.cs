using System.Globalization;
using System.Text.Json;
using Stedi.DevStack.Landing.Expectations;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Tests.Consent;

/// <summary>Staging reads every kind of customer line as the line says, and clears those that may be cleared.</summary>
[Trait("Speed", "Slow")]
public sealed class LineStagingTests(LocalLakes lakes)
{
    [Fact]
    public async Task Stage_WithEveryKindOfLine_ReadsWhatItSays()
    {
        var lake = await LandAsync();

        var staged = await StateAsync(lake, await StagedCustomers.StageAsync(lake));

        staged.ShouldBe(LineShapes.All.Select((shape, number) => Row(lake, shape, number, isCleared: false)), ignoreOrder: true);
    }

    [Fact]
    public async Task Stage_WhenEveryLineIsCleared_ClearsAllButDatedRefusals()
    {
        var lake = await LandAsync();
        var keys = await lake.QueryAsync($"SELECT line_key FROM {await StagedCustomers.StageAsync(lake)} WHERE line_key IS NOT NULL", "line_key");
        await lake.PutAsync($"{ClearedLines.Prefix}all.json", string.Join('\n', keys.Select(key => JsonSerializer.Serialize(new { line_key = key }))));
        await lake.Catalog.RegisterAsync(lake.Options.PrivateDatabase, ClearedLines.Definition(lake.Options), TestContext.Current.CancellationToken);

        var staged = await StateAsync(lake, await StagedCustomers.StageAsync(lake, SqlNames.Qualified(lake.Options.PrivateDatabase, lake.Options.ClearedLinesTable)));

        keys.Distinct().Count().ShouldBe(LineShapes.All.Count(shape => shape.Format != LineFormat.Blank));
        staged.ShouldBe(LineShapes.All.Select((shape, number) => Row(lake, shape, number, isCleared: true)), ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"\u0065mail":"a@x","registrationDate":1650000000000,"serialNumber":"s-1"}""", "a key is written with an escape")]
    [InlineData("""{"email":"a@x","email":"b@x","a\u0022email":1,"registrationDate":1650000000000,"serialNumber":"s-1"}""", "a key is written with an escape")]
    [InlineData("""{"email":"a@x","regİstrationDate":1640000000000,"regİstrationDate":1650000000000,"serialNumber":"s-1"}""", "a key is given twice")]
    [InlineData("""{"email":"a@x","email":"b@x","registrationDate":1650000000000,"serialNumber":"s-1"}""", "a key is given twice")]
    [InlineData("""{"email":"a@x","Email":"b@x","registrationDate":1650000000000,"serialNumber":"s-1"}""", "a key is given twice")]
    [InlineData("""{"email":"a@x","registrationDate":1650000000000,"serialNumber":"s-1","more":{"email":"b@x"}}""", "email is given more than once")]
    public async Task Stage_WithADoubtfulKey_NamesTheDoubt(string line, string reason)
    {
        var lake = await lakes.NewAsync();
        await StagedCustomers.LandAsync(lake, "1.json", [line]);

        (await lake.QueryAsync($"SELECT reason FROM {await StagedCustomers.StageAsync(lake)}", "reason")).ShouldBe([reason]);
    }

    [Theory]
    [InlineData("email")]
    [InlineData("EMAIL")]
    [InlineData("emaİl")]
    public async Task Stage_WithAnAddressInAnInnerObject_ReadsThePerson(string key)
    {
        var lake = await lakes.NewAsync();
        await StagedCustomers.LandAsync(lake, "1.json", [$$$"""{"owner":{"{{{key}}}":"A@x"},"registrationDate":1650000000000,"serialNumber":"s-1"}"""]);

        (await lake.QueryAsync($"SELECT person, reason FROM {await StagedCustomers.StageAsync(lake)}", "person", "reason")).ShouldBe(["a@x|no email"]);
    }

    // A file for each kind, by which its row is found.
    private async Task<TestLake> LandAsync()
    {
        var lake = await lakes.NewAsync();
        foreach (var (number, shape) in LineShapes.All.Index())
        {
            await StagedCustomers.LandAsync(lake, $"{number}.json", [shape.Text(Person(number))]);
        }

        return lake;
    }

    // Of a line that names nobody, only the state matters.
    private static Task<IReadOnlyList<string>> StateAsync(TestLake lake, string staged) => lake.QueryAsync(
        $"""
        SELECT source_file, person,
            CASE WHEN reason IS NULL THEN 'accepted' WHEN reason IN ('{StagingReasons.Blank}', '{StagingReasons.Cleared}') THEN reason ELSE 'rejected' END AS state,
            CASE WHEN person IS NOT NULL THEN device END AS device,
            CASE WHEN person IS NOT NULL THEN lastupdatedate END AS updated,
            CASE WHEN person IS NOT NULL THEN registrationdate END AS registered,
            CASE WHEN person IS NOT NULL THEN sharewithresearchasofdate END AS consent,
            CASE WHEN person IS NOT NULL THEN states_consent END AS states_consent,
            CASE WHEN person IS NOT NULL THEN record_time END AS record_time
        FROM {staged}
        """,
        "source_file", "person", "state", "device", "updated", "registered", "consent", "states_consent", "record_time");

    private static string Row(TestLake lake, LineShape shape, int number, bool isCleared)
    {
        var line = shape.Read(Person(number));
        var state = shape.Format == LineFormat.Blank ? StagingReasons.Blank
            : isCleared && !(line is { IsAccepted: true, Consent: null, LastUpdate: not null }) ? StagingReasons.Cleared
            : shape.IsAccepted ? "accepted" : "rejected";
        object?[] cells = [StagedCustomers.Uri(lake, $"{number}.json"), line is null ? null : Person(number), state, .. Read(line)];
        return string.Join('|', cells.Select(cell => Convert.ToString(cell ?? "NULL", CultureInfo.InvariantCulture)));
    }

    private static object?[] Read(ConsentLine? line) =>
        [line?.Device, line?.LastUpdate, line?.Registration, line?.Consent, line is null ? null : line.StatesConsent ? "true" : "false", line?.Time];

    private static string Person(int number) => $"p{number}@x";
}
