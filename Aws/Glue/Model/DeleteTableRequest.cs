namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.DeleteTableAsync"/>.</summary>
public class DeleteTableRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string Name { get; set; }

    public string TransactionId { get; set; }
}
