namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.CreateWorkGroupAsync"/>.</summary>
public class CreateWorkGroupRequest : AmazonAthenaRequest
{
    public string Name { get; set; }

    public WorkGroupConfiguration Configuration { get; set; }

    public string Description { get; set; }

    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
