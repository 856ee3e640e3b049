namespace Amazon.Glue.Model;

public class AuditContext
{
    public string AdditionalAuditContext { get; set; }

    public List<string> RequestedColumns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? AllColumnsRequested { get; set; }
}
