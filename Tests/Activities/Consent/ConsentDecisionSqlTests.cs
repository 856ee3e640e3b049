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
public sealed class ConsentDecisionSqlTests(LocalLakes lakes)
{
    private const int MostExamples = 20;

    [Fact]
    public Task Decide_ForEveryPairOfLines_IsThatOfTheReferenceFunction() => ShouldDecideByTheRulesAsync(
        [.. from older in LineShapes.All from newer in LineShapes.All select (LineShape[])[older, newer]]);

    [Fact]
    public Task Decide_ForEveryThreeLines_IsThatOfTheReferenceFunction() => ShouldDecideByTheRulesAsync(
        [.. from first in LineShapes.Reduced from second in LineShapes.Reduced from third in LineShapes.Reduced select (LineShape[])[first, second, third]]);

    private async Task ShouldDecideByTheRulesAsync(IReadOnlyList<LineShape[]> people)
    {
        var landed = people.Select((shapes, number) => (Person: $"p{number}@x", Shapes: shapes)).ToDictionary(person => person.Person, person => person.Shapes);
        var lines = landed.ToDictionary(person => person.Key, person => (IReadOnlyList<ConsentLine>)[.. person.Value.Select(shape => shape.Read(person.Key)).OfType<ConsentLine>()]);
        var decisions = lines.ToDictionary(person => person.Key, person => ConsentRules.Decide(person.Value, LineValue.RunTime));
        var lake = await lakes.NewAsync();
        var values = new Dictionary<string, string>
        {
            ["customer_staged"] = await StageAsync(lake, landed),
            ["as_of"] = LineValue.RunTime.ToString(CultureInfo.InvariantCulture),
            ["policy"] = nameof(ConsentPolicy.Given),
        };
        var definitions = SqlTemplate.Render("Audit/people.sql", values);

        var trusted = await lake.QueryAsync($"SELECT *, coalesce(lastupdatedate, registrationdate) AS record_time FROM ({SqlTemplate.Render("Consent/customer_trusted.sql", values)})", "person", "sharewithresearchasofdate", "device", "record_time");
        var audited = await lake.QueryAsync($"WITH {definitions}\nSELECT person, since, reason FROM person", "person", "since", "reason");
        var owners = await lake.QueryAsync($"WITH {definitions}\nSELECT device, owner FROM device", "device", "owner");

        ShouldBe(trusted, decisions.Where(person => person.Value?.Record is not null).ToDictionary(
            person => person.Key,
            person => Row(person.Key, person.Value!.Record!.Consent, person.Value.Record.Device, person.Value.Record.Time)), landed);
        ShouldBe(audited, decisions.Where(person => person.Value is not null).ToDictionary(
            person => person.Key, person => Row(person.Key, person.Value!.Record?.Consent, person.Value.Reason)), landed);
        ShouldBe(owners, ConsentRules.DeviceOwners(lines.SelectMany(person => person.Value.Select(line => (person.Key, line)))).ToDictionary(
            device => device.Key, device => Row(device.Key, device.Value)), landed);

        trusted.Count.ShouldBeGreaterThan(people.Count / 20);
        foreach (var cells in trusted.Select(row => row.Split('|')))
        {
            var decidingTime = long.Parse(cells[3], CultureInfo.InvariantCulture);
            landed[cells[0]].ShouldAllBe(shape => !shape.MayWithdraw(decidingTime), string.Join(" + ", landed[cells[0]].AsEnumerable()));
        }
    }

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
    private static async Task<string> StageAsync(TestLake lake, Dictionary<string, LineShape[]> landed)
    {
        for (var number = 0; number < landed.Values.First().Length; number++)
        {
            await StagedCustomers.LandAsync(lake, $"{number}.json", landed.Select(person => person.Value[number].Text(person.Key)));
        }

        var columns = LakeContract.Source(LandingSources.Customer).StagedColumns.Select(column => column.Name == "reason"
            ? $"CASE WHEN phone = '{LineShape.ClearedPhone}' THEN '{StagingReasons.Cleared}' ELSE reason END AS reason"
            : $"\"{column.Name}\"");
        return $"(SELECT {string.Join(", ", columns)} FROM {await StagedCustomers.StageAsync(lake)})";
    }
}
