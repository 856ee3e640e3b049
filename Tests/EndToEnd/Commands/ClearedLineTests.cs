using System.Text.Json;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>From a line that withholds a person to the run that publishes them because somebody has cleared it.</summary>
public sealed class ClearedLineTests : IDisposable
{
    private const string Readable = """{"customerName":"Eve","email":"eve@example.org","serialNumber":"device-eve","registrationDate":1704844800000,"shareWithResearchAsOfDate":1704844800000}""";
    private const string Broken = """{"email":"eve@example.org","serialNumber":"device-eve","registrationDate":1704844800000,"lastUpdateDate":"soon"}""";

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Clear_OfALineThatWithholdsAPerson_PublishesThemInTheNextRun()
    {
        _folder.Write("temporal-dev.yaml", "temporal: { port: 0, uiPort: 0 }\naws: { port: 0 }\nrun: { rejectedLinesLimit: 0.9 }\n");
        _folder.Write("landing/customer/landing/a.json", $"{Readable}\n{Readable.Replace("eve", "ada", StringComparison.OrdinalIgnoreCase)}\n{Broken}\n");
        _folder.Write("landing/accelerometer/landing/a.json", """{"user":"ada@example.org","timestamp":1704931200000,"x":1,"y":2,"z":3}""" + "\n");
        _folder.Write("landing/step_trainer/landing/a.json", """{"sensorReadingTime":1704931200000,"serialNumber":"device-ada","distanceFromObject":5}""" + "\n");
        await using var stack = await TestCommandContext.OpenStackAsync(_folder.Path);
        await RunAsync("--landing", Path.Combine(_folder.Path, "landing"));
        (await ExplainAsync()).GetProperty("withheldFor").GetString().ShouldBe("consent record unreadable");

        using var runs = JsonDocument.Parse(await RunAsync("runs", "--json"));
        var run = runs.RootElement[0].GetProperty("runId").GetString()!;
        using var quarantine = JsonDocument.Parse(await RunAsync("quarantine", "list", run, "--json"));
        var line = quarantine.RootElement.GetProperty("lines").EnumerateArray().ShouldHaveSingleItem().GetProperty("line").GetString()!;
        (await RunAsync("quarantine", "show", run, line)).ShouldContain(Broken);
        await RunAsync("quarantine", "clear", run, line[..12], "--reason", "a typo");

        await RunAsync("--landing", Path.Combine(_folder.Path, "landing"));
        var person = await ExplainAsync();
        person.TryGetProperty("withheldFor", out _).ShouldBeFalse();
        person.GetProperty("records").EnumerateArray().Select(record => record.TryGetProperty("reason", out var reason) ? reason.GetString() : "accepted")
            .ShouldBe(["accepted", "cleared line"], ignoreOrder: true);
        var row = person.GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("generation").GetInt64().ShouldBe(2);
        row.GetProperty("table").GetString().ShouldBe("customer_trusted");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> RunAsync(params string[] arguments)
    {
        var run = await CommandRun.InAsync(_folder.Path, arguments);
        run.ExitCode.ShouldBe(0, run.Error);
        return run.Output;
    }

    private async Task<JsonElement> ExplainAsync()
    {
        var run = await CommandRun.WithInputAsync(_folder.Path, "eve@example.org\n", "privacy", "explain", "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        using var document = JsonDocument.Parse(run.Output);
        return document.RootElement.GetProperty("people").EnumerateArray().ShouldHaveSingleItem().Clone();
    }
}
