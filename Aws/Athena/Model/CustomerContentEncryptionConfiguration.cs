namespace Amazon.Athena.Model;

public class CustomerContentEncryptionConfiguration
{
    public string KmsKey { get; set; }
}
