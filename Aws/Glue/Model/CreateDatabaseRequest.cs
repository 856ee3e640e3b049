namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.CreateDatabaseAsync"/>.</summary>
public class CreateDatabaseRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public DatabaseInput DatabaseInput { get; set; }

    public Dictionary<string, string> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
