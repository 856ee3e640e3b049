namespace Amazon.Glue.Model;

public class StatusDetails
{
    public Table RequestedChange { get; set; }

    public List<ViewValidation> ViewValidations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
