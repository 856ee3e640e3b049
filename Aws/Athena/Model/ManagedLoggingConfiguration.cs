namespace Amazon.Athena.Model;

public class ManagedLoggingConfiguration
{
    public bool? Enabled { get; set; }

    public string KmsKey { get; set; }
}
