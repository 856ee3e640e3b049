using System.Text.Json.Nodes;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>
/// The OpenLineage names of the lake's datasets. A table has its Athena name, with its Glue and S3 names as symlinks. Files and
/// the snapshot have their S3 name.
/// </summary>
public sealed class DatasetNames(LakeOptions options)
{
    private const string Catalog = "AwsDataCatalog";

    /// <summary>The namespace of tables.</summary>
    public string TableNamespace => $"awsathena://athena.{options.Region}.amazonaws.com";

    /// <summary>The namespace of files.</summary>
    public string FileNamespace => $"s3://{options.Bucket}";

    /// <summary>Returns a dataset's namespace and name.</summary>
    public (string Namespace, string Name) Of(Dataset dataset) => dataset.Kind switch
    {
        DatasetKind.LandingFiles or DatasetKind.Snapshot => (FileNamespace, Key(dataset.Location)),
        _ => Of(TableOf(dataset)),
    };

    /// <summary>Returns the namespace and name of a table, given the name that SQL uses for it.</summary>
    public (string Namespace, string Name) Of(string table) => (TableNamespace, $"{Catalog}.{DatabaseOf(table)}.{table}");

    /// <summary>Returns a table's symlinks.</summary>
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

    /// <summary>Returns the name that SQL uses for a dataset that is a table.</summary>
    public static string TableOf(Dataset dataset) => dataset.Kind switch
    {
        DatasetKind.LandingTable => LakeContract.Source(dataset.Name).LandingTable,
        DatasetKind.Staged => LakeContract.Source(dataset.Name).StagedTable,
        DatasetKind.Table => dataset.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(dataset), dataset.Kind, "Not a table."),
    };

    // Every run has a staged table of its own, dropped when the run ends. Lineage uses the stable name.
    private string DatabaseOf(string table) => LandingSources.All.Any(source => LandingSources.StagedTable(source) == table) ? options.WorkDatabase : options.Database;

    private string Key(string location) =>
        location.StartsWith(FileNamespace + "/", StringComparison.Ordinal) ? location[(FileNamespace.Length + 1)..].TrimEnd('/') : location;
}
