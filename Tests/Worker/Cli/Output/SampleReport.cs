using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;

namespace Stedi.Temporal.Worker.Tests.Cli.Output;

/// <summary>A plausible report.</summary>
internal static class SampleReport
{
    public static LakehouseReport Create() => new()
    {
        Run = new("0198-run", "stedi-lakehouse", DateTimeOffset.UnixEpoch, "", ConsentPolicy.Given),
        Landing =
        [
            new()
            {
                Table = "customer_landing",
                Location = "s3://lake/customer/landing/",
                Rows = 957,
                Rejected = 1,
                Rejections = [new("s3://lake/customer/landing/customers.json", "not a JSON object", 1)],
                Files = 1,
                Bytes = 264_000,
                Seconds = 0.25,
                BytesScanned = 264_000,
                Notes = ["column \"shoeSize\" is not known"],
            },
        ],
        Tables = [Table("customer_trusted", 482, 41_000, 1, 0.1), Table("machine_learning_curated", 401, 999_400, 2, 0.3)],
        LeftOut = [new("customer_trusted", "no research consent", 474), new("customer_trusted", "ambiguous device", 0)],
        Audits = [new("Every row belongs to somebody who agreed", 0, 883)],
        Snapshot = new(PublishOutcome.Published, 3, "0198-run", DateTimeOffset.UnixEpoch, "s3://stedi-lake/snapshots/current.json"),
        Seconds = 1.42,
        BytesScanned = 9_600_000,
    };

    private static BuiltTable Table(string name, long rows, long bytes, int files, double seconds) => new()
    {
        Table = name,
        WorkTable = name + "_work",
        Location = $"s3://lake/{name}/",
        Rows = rows,
        Files = files,
        Bytes = bytes,
        Seconds = seconds,
        BytesScanned = bytes,
        QueryId = "query",
    };
}
