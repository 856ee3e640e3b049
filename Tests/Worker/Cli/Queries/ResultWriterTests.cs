using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Cli.Queries;

namespace Stedi.Temporal.Worker.Tests.Cli.Queries;

public sealed class ResultWriterTests : IDisposable
{
    private static readonly QueryColumn[] Columns = [new("name", "varchar"), new("n", "bigint"), new("x", "double"), new("ok", "boolean")];

    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Fact]
    public async Task CsvWriter_QuotesWhereNeededAndDistinguishesNullFromEmpty()
    {
        await new CsvWriter(_output).WriteAsync(Result(["a,b", "1", "0.5", "true"], ["say \"hi\"", null, null, null], ["", "2", "1.0E-4", "false"]), Token);

        _output.ToString().ShouldBe("name,n,x,ok\r\n\"a,b\",1,0.5,true\r\n\"say \"\"hi\"\"\",,,\r\n\"\",2,1.0E-4,false\r\n");
    }

    [Fact]
    public async Task JsonWriter_KeepsNumbersAndBooleansAndWritesNaNAsText()
    {
        await new JsonWriter(_output).WriteAsync(Result(["é \"", "9007199254740993", "1.0E-4", "true"], [null, null, "NaN", "false"]), Token);

        _output.ToString().ShouldBe("""
            [
              {"name": "é \"", "n": 9007199254740993, "x": 1.0E-4, "ok": true},
              {"name": null, "n": null, "x": "NaN", "ok": false}
            ]

            """);
    }

    [Fact]
    public async Task JsonWriter_WhenThereAreNoRows_WritesAnEmptyArray()
    {
        await new JsonWriter(_output).WriteAsync(Result(), Token);

        _output.ToString().ShouldBe("[]\n");
    }

    [Fact]
    public async Task TableWriter_WritesStatisticsAfterTheTable()
    {
        var status = new StringWriter { NewLine = "\n" };

        await new TableWriter(new Terminal(_output, status)).WriteAsync(Result(["a", "1", "0.5", null]), Token);

        _output.ToString().ShouldContain("name");
        _output.ToString().ShouldContain("null");
        status.ToString().ShouldBe("1 row, 0.25 s, 1.5 KB scanned\n");
    }

    public void Dispose() => _output.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static QueryResult Result(params string?[][] rows) => new(Columns, rows.ToAsyncEnumerable(), 1500, 0.25);
}
