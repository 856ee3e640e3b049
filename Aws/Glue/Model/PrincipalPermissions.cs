namespace Amazon.Glue.Model;

public class PrincipalPermissions
{
    public DataLakePrincipal Principal { get; set; }

    public List<Permission> Permissions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
