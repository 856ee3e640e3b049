namespace Amazon.Athena.Model;

public class QueryResultsS3AccessGrantsConfiguration
{
    public bool? EnableS3AccessGrants { get; set; }

    public bool? CreateUserLevelPrefix { get; set; }

    public AuthenticationType AuthenticationType { get; set; }
}
