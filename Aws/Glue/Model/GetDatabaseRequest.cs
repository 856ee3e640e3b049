namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.GetDatabaseAsync"/>.</summary>
public class GetDatabaseRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string Name { get; set; }
}
