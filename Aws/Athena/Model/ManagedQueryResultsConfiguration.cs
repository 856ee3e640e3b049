namespace Amazon.Athena.Model;

public class ManagedQueryResultsConfiguration
{
    public bool? Enabled { get; set; }

    public ManagedQueryResultsEncryptionConfiguration EncryptionConfiguration { get; set; }
}
