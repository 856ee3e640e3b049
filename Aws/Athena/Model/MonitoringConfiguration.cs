namespace Amazon.Athena.Model;

public class MonitoringConfiguration
{
    public CloudWatchLoggingConfiguration CloudWatchLoggingConfiguration { get; set; }

    public ManagedLoggingConfiguration ManagedLoggingConfiguration { get; set; }

    public S3LoggingConfiguration S3LoggingConfiguration { get; set; }
}
