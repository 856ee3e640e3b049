using System.Text.Json.Nodes;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>
/// What OpenLineage calls the lake's data. Tables go by their Athena name everywhere, with their Glue and S3 names as
/// symlinks; files and the snapshot go by their S3 name.
/// </summary>
public sealed class DatasetNames(LakeOptions options)
{
    private const string Catalog = "AwsDataCatalog";

    /// <summary>The namespace of tables.</summary>
    public string TableNamespace => $"awsathena://athena.{options.Region}.amazonaws.com";

    /// <summary>The namespace of files.</summary>
    public string FileNamespace => $"s3://{options.Bucket}";

    /// <summary>A dataset's namespace and name.</summary>
    public (string Namespace, string Name) Of(Dataset dataset) => dataset.Kind switch
    {
        DatasetKind.LandingFiles or DatasetKind.Snapshot => (FileNamespace, Key(dataset.Location)),
        _ => Of(TableOf(dataset)),
    };

    /// <summary>The namespace and name of a table, by the name that SQL uses for it.</summary>
    public (string Namespace, string Name) Of(string table) => (TableNamespace, $"{Catalog}.{DatabaseOf(table)}.{table}");

    /// <summary>A table's other names.</summary>
    public JsonArray Symlinks(Dataset dataset)
    {
        var table = TableOf(dataset);
        return
        [
            new JsonObject
            {
                ["namespace"] = $"arn:aws:glue:{options.Region}:{options.AccountId}",
                ["name"] = $"table/{DatabaseOf(table)}/{table}",
                ["type"] = "TABLE",
            },
            new JsonObject { ["namespace"] = FileNamespace, ["name"] = Key(dataset.Location), ["type"] = "LOCATION" },
        ];
    }

    /// <summary>The table that a dataset is, by the name that SQL uses for it; files and snapshots are none.</summary>
    public static string TableOf(Dataset dataset) => dataset.Kind switch
    {
        DatasetKind.LandingTable => LakeContract.Source(dataset.Name).LandingTable,
        DatasetKind.Staged => LakeContract.Source(dataset.Name).StagedTable,
        DatasetKind.Table => dataset.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(dataset), dataset.Kind, "Not a table."),
    };

    // Staged lines have a table a run, dropped when it ends; in lineage they go by the name that does not change.
    private string DatabaseOf(string table) => table.EndsWith("_staged", StringComparison.Ordinal) ? options.WorkDatabase : options.Database;

    private string Key(string location) =>
        location.StartsWith(FileNamespace + "/", StringComparison.Ordinal) ? location[(FileNamespace.Length + 1)..].TrimEnd('/') : location;
}
