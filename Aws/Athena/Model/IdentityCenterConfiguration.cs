namespace Amazon.Athena.Model;

public class IdentityCenterConfiguration
{
    public bool? EnableIdentityCenter { get; set; }

    public string IdentityCenterInstanceArn { get; set; }
}
