namespace Amazon.Glue.Model;

public class LakeFormationConfiguration
{
    public bool? UseLakeFormationCredentials { get; set; }

    public string AccountId { get; set; }
}
