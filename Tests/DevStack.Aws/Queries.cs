using System.Text.Json.Nodes;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>Runs queries and reads their results as a client does.</summary>
internal static class Queries
{
    public const string Json = "org.openx.data.jsonserde.JsonSerDe";
    public const string Parquet = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    public const string TextLines = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";

    public static async Task<string> StartAsync(this AwsFixture aws, string sql, string output, string? database = null, string accessKey = "local")
    {
        var input = new JsonObject
        {
            ["QueryString"] = sql,
            ["ResultConfiguration"] = new JsonObject { ["OutputLocation"] = output },
        };
        if (database is not null)
        {
            input["QueryExecutionContext"] = new JsonObject { ["Database"] = database };
        }

        return (string)(await aws.AthenaAsync("StartQueryExecution", input, accessKey))["QueryExecutionId"]!;
    }

    /// <summary>Waits until the query has ended and returns its execution.</summary>
    public static Task<JsonObject> EndAsync(this AwsFixture aws, string id, TimeSpan? deadline = null) => Eventually.AsksAsync(
        async () => (await aws.AthenaAsync("GetQueryExecution", new() { ["QueryExecutionId"] = id }))["QueryExecution"]!.AsObject(),
        q => (string)q["Status"]!["State"]! is "SUCCEEDED" or "FAILED" or "CANCELLED",
        deadline);

    public static async Task<JsonObject> RunAsync(this AwsFixture aws, string sql, string output, string? database = null, string accessKey = "local") =>
        await aws.EndAsync(await aws.StartAsync(sql, output, database, accessKey));

    /// <summary>Runs a query that must succeed. Returns its rows without the header, values joined by <c>|</c> and NULL as <c>-</c>.</summary>
    public static async Task<List<string>> RowsAsync(this AwsFixture aws, string sql, string output, string? database = null, string accessKey = "local")
    {
        var execution = await aws.RunAsync(sql, output, database, accessKey);
        ((string)execution["Status"]!["State"]!).ShouldBe("SUCCEEDED", $"{(string?)execution["Status"]!["StateChangeReason"]}\n{sql}");
        var rows = (await aws.ResultAsync((string)execution["QueryExecutionId"]!)).Select(Text).ToList();
        return (string)execution["StatementType"]! == "DML" ? [.. rows.Skip(1)] : rows;
    }

    public static async Task<JsonArray> ResultAsync(this AwsFixture aws, string id) =>
        (await aws.AthenaAsync("GetQueryResults", new() { ["QueryExecutionId"] = id }))["ResultSet"]!["Rows"]!.AsArray();

    public static string Text(JsonNode? row) => string.Join('|', row!["Data"]!.AsArray().Select(d => (string?)d!["VarCharValue"] ?? "-"));

    /// <summary>Runs a query that must fail, and returns its reason.</summary>
    public static async Task<string> FailureAsync(this AwsFixture aws, string sql, string output, string? database = null, string accessKey = "local")
    {
        var execution = await aws.RunAsync(sql, output, database, accessKey);
        ((string)execution["Status"]!["State"]!).ShouldBe("FAILED", sql);
        return (string)execution["Status"]!["StateChangeReason"]!;
    }

    public static async Task<string> DatabaseAsync(this AwsFixture aws)
    {
        var name = $"d{Guid.NewGuid():N}";
        await aws.GlueAsync("CreateDatabase", new() { ["DatabaseInput"] = new JsonObject { ["Name"] = name } });
        return name;
    }

    /// <summary>Creates a table over <paramref name="location"/> with columns of the form <c>name:type</c>.</summary>
    public static Task TableAsync(this AwsFixture aws, string database, string name, string location, string serde, params string[] columns) =>
        aws.GlueAsync("CreateTable", new()
        {
            ["DatabaseName"] = database,
            ["TableInput"] = new JsonObject
            {
                ["Name"] = name,
                ["TableType"] = "EXTERNAL_TABLE",
                ["StorageDescriptor"] = new JsonObject
                {
                    ["Location"] = location,
                    ["Columns"] = new JsonArray([.. columns.Select(c => c.Split(':', 2)).Select(c => new JsonObject { ["Name"] = c[0], ["Type"] = c[1] })]),
                    ["SerdeInfo"] = new JsonObject
                    {
                        ["SerializationLibrary"] = serde,
                        ["Parameters"] = serde == Json ? new JsonObject { ["ignore.malformed.json"] = "true" } : [],
                    },
                },
            },
        });
}
