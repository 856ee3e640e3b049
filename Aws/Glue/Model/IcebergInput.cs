namespace Amazon.Glue.Model;

public class IcebergInput
{
    public MetadataOperation MetadataOperation { get; set; }

    public string Version { get; set; }

    public CreateIcebergTableInput CreateIcebergTableInput { get; set; }
}
