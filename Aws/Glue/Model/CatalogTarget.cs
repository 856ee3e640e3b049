namespace Amazon.Glue.Model;

public class CatalogTarget
{
    public string DatabaseName { get; set; }

    public List<string> Tables { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ConnectionName { get; set; }

    public string EventQueueArn { get; set; }

    public string DlqEventQueueArn { get; set; }
}
