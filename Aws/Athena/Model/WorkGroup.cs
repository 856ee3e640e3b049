namespace Amazon.Athena.Model;

public class WorkGroup
{
    public string Name { get; set; }

    public WorkGroupState State { get; set; }

    public WorkGroupConfiguration Configuration { get; set; }

    public string Description { get; set; }

    public DateTime? CreationTime { get; set; }

    public string IdentityCenterApplicationArn { get; set; }
}
