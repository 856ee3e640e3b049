namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.GetTableMetadataAsync"/>.</summary>
public class GetTableMetadataRequest : AmazonAthenaRequest
{
    public string CatalogName { get; set; }

    public string DatabaseName { get; set; }

    public string TableName { get; set; }

    public string WorkGroup { get; set; }
}
