namespace Amazon.Athena.Model;

public class ManagedQueryResultsEncryptionConfiguration
{
    public string KmsKey { get; set; }
}
