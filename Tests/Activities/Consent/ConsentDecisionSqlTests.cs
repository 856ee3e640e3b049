using System.Globalization;
using Stedi.DevStack.Landing.Expectations;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Activities.Tests.Consent;

/// <summary>
/// The SQL decides about every person as the reference function does: a person for each pair of all kinds of lines, and for each three of
/// the most different kinds, in every order.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class ConsentDecisionSqlTests(LocalLakes lakes)
{
    private const int MostExamples = 20;

    [Fact]
    public async Task Decide_ForEveryPairOfLines_IsThatOfTheReferenceFunction()
    {
        var landed = People(from older in LineShapes.All from newer in LineShapes.All select (LineShape[])[older, newer]);
        var (lake, values) = await StageAsync(landed);

        await ShouldDecideByTheRulesAsync(lake, values, landed);

        var owners = await lake.QueryAsync($"WITH {SqlTemplate.Render("Audit/devices.sql", values)}\nSELECT device, owner FROM device", "device", "owner");
        var claims = landed.SelectMany(person => Lines(person.Key, person.Value).Select(line => (person.Key, line)));
        ShouldBe(owners, ConsentRules.DeviceOwners(claims).ToDictionary(device => device.Key, device => Row(device.Key, device.Value)), landed);
    }

    [Fact]
    public async Task Decide_ForEveryThreeLines_IsThatOfTheReferenceFunction()
    {
        var landed = People(from first in LineShapes.Reduced from second in LineShapes.Reduced from third in LineShapes.Reduced select (LineShape[])[first, second, third]);
        var (lake, values) = await StageAsync(landed);

        await ShouldDecideByTheRulesAsync(lake, values, landed);
    }

    private static async Task ShouldDecideByTheRulesAsync(TestLake lake, Dictionary<string, string> values, Dictionary<string, LineShape[]> landed)
    {
        var decisions = landed.ToDictionary(person => person.Key, person => ConsentRules.Decide(Lines(person.Key, person.Value), LineValue.RunTime));

        var trusted = await lake.QueryAsync(
            $"SELECT person, sharewithresearchasofdate, device, coalesce(lastupdatedate, registrationdate) AS record_time FROM ({SqlTemplate.Render("Consent/customer_trusted.sql", values)})",
            "person", "sharewithresearchasofdate", "device", "record_time");
        // The people of a group in one row, because tens of thousands of rows take many pages.
        var audited = await lake.QueryAsync(
            $"WITH {SqlTemplate.Render("Audit/people.sql", values)}\nSELECT since, reason, array_join(array_agg(person), ',') AS people FROM person GROUP BY since, reason",
            "since", "reason", "people");

        ShouldBe(trusted, decisions.Where(person => person.Value?.Record is not null).ToDictionary(
            person => person.Key,
            person => Row(person.Key, person.Value!.Record!.Consent, person.Value.Record.Device, person.Value.Record.Time)), landed);
        ShouldBe(
            [.. audited.Select(row => row.Split('|')).SelectMany(cells => cells[2].Split(',').Select(person => Row(person, cells[0], cells[1])))],
            decisions.Where(person => person.Value is not null).ToDictionary(person => person.Key, person => Row(person.Key, person.Value!.Record?.Consent, person.Value.Reason)),
            landed);

        trusted.Count.ShouldBeGreaterThan(landed.Count / 20);
        trusted.Select(row => row.Split('|'))
            .Where(cells => landed[cells[0]].Any(shape => shape.MayWithdraw(recordTime: long.Parse(cells[3], CultureInfo.InvariantCulture))))
            .Select(cells => string.Join(" + ", landed[cells[0]].AsEnumerable()))
            .ShouldBeEmpty("Nobody is published who has a line that may be a later withdrawal.");
    }

    private static Dictionary<string, LineShape[]> People(IEnumerable<LineShape[]> lines) => lines.Index().ToDictionary(person => $"p{person.Index}@x", person => person.Item);

    private static IEnumerable<ConsentLine> Lines(string person, LineShape[] shapes) => shapes.Select(shape => shape.Read(person)).OfType<ConsentLine>();

    private static void ShouldBe(IReadOnlyList<string> actual, Dictionary<string, string> expected, Dictionary<string, LineShape[]> landed)
    {
        var unexpected = actual.Except(expected.Values).Select(row => $"got {row}");
        var missing = expected.Values.Except(actual).Select(row => $"without {row}");
        var differences = unexpected.Concat(missing).Select(row => (Row: row, Key: row.Split(' ', '|')[1])).ToList();
        differences.Take(MostExamples).Select(difference => $"{difference.Row}: {string.Join(" + ", landed.GetValueOrDefault(difference.Key) ?? [])}").ShouldBeEmpty($"{differences.Count} differences");
        actual.Count.ShouldBe(expected.Count);
    }

    private static string Row(params object?[] cells) => string.Join('|', cells.Select(cell => Convert.ToString(cell ?? "NULL", CultureInfo.InvariantCulture)));

    // Lands the first line of each person in one file, the second in another. Which lines are cleared is told by a value: the keyed hash
    // has tests of its own.
    private async Task<(TestLake Lake, Dictionary<string, string> Values)> StageAsync(Dictionary<string, LineShape[]> landed)
    {
        var lake = await lakes.NewAsync();
        for (var number = 0; number < landed.Values.First().Length; number++)
        {
            await StagedCustomers.LandAsync(lake, $"{number}.json", landed.Select(person => person.Value[number].Text(person.Key)));
        }

        var columns = LakeContract.Source(LandingSources.Customer).StagedColumns.Select(column => column.Name == "reason"
            ? $"CASE WHEN phone = '{LineShape.ClearedPhone}' THEN '{StagingReasons.Cleared}' ELSE reason END AS reason"
            : $"\"{column.Name}\"");
        return (lake, new()
        {
            ["customer_staged"] = $"(SELECT {string.Join(", ", columns)} FROM {await StagedCustomers.StageAsync(lake)})",
            ["as_of"] = LineValue.RunTime.ToString(CultureInfo.InvariantCulture),
            ["policy"] = nameof(ConsentPolicy.Given),
        });
    }
}
