namespace Amazon.Athena.Model;

public class EncryptionConfiguration
{
    public EncryptionOption EncryptionOption { get; set; }

    public string KmsKey { get; set; }
}
