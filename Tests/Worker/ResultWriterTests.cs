using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Cli.Queries;

namespace Stedi.Temporal.Worker.Tests;

public sealed class ResultWriterTests : IDisposable
{
    private static readonly QueryColumn[] Columns = [new("name", "varchar"), new("n", "bigint"), new("x", "double"), new("ok", "boolean")];

    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Fact]
    public async Task Csv_quotes_what_needs_it_and_tells_null_from_empty()
    {
        await new CsvWriter(_output).WriteAsync(Result(["a,b", "1", "0.5", "true"], ["say \"hi\"", null, null, null], ["", "2", "1.0E-4", "false"]), Token);

        _output.ToString().ShouldBe("name,n,x,ok\r\n\"a,b\",1,0.5,true\r\n\"say \"\"hi\"\"\",,,\r\n\"\",2,1.0E-4,false\r\n");
    }

    [Fact]
    public async Task Json_keeps_numbers_and_booleans_and_takes_what_json_cannot_say_as_text()
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
    public async Task Json_of_no_rows_is_an_empty_array()
    {
        await new JsonWriter(_output).WriteAsync(Result(), Token);

        _output.ToString().ShouldBe("[]\n");
    }

    [Fact]
    public async Task A_table_is_followed_by_what_the_query_took()
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
