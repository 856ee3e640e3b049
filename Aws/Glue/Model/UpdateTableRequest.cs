namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.UpdateTableAsync"/>.</summary>
public class UpdateTableRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string Name { get; set; }

    public TableInput TableInput { get; set; }

    /// <summary>Keep no copy of the replaced version. Default: false.</summary>
    public bool? SkipArchive { get; set; }

    public string TransactionId { get; set; }

    /// <summary>The version this update replaces; if the table has another by now, the call fails with <see cref="ConcurrentModificationException"/>.</summary>
    public string VersionId { get; set; }

    public ViewUpdateAction ViewUpdateAction { get; set; }

    public bool? Force { get; set; }

    public UpdateOpenTableFormatInput UpdateOpenTableFormatInput { get; set; }
}
