namespace Amazon.Athena.Model;

public class S3LoggingConfiguration
{
    public bool? Enabled { get; set; }

    public string KmsKey { get; set; }

    public string LogLocation { get; set; }
}
