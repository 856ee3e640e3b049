namespace Amazon.Athena.Model;

public class ResultConfiguration
{
    public string OutputLocation { get; set; }

    public EncryptionConfiguration EncryptionConfiguration { get; set; }

    public string ExpectedBucketOwner { get; set; }

    public AclConfiguration AclConfiguration { get; set; }
}
