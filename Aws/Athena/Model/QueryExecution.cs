namespace Amazon.Athena.Model;

public class QueryExecution
{
    public string QueryExecutionId { get; set; }

    public string Query { get; set; }

    public StatementType StatementType { get; set; }

    public ManagedQueryResultsConfiguration ManagedQueryResultsConfiguration { get; set; }

    public ResultConfiguration ResultConfiguration { get; set; }

    public ResultReuseConfiguration ResultReuseConfiguration { get; set; }

    public QueryExecutionContext QueryExecutionContext { get; set; }

    public QueryExecutionStatus Status { get; set; }

    public QueryExecutionStatistics Statistics { get; set; }

    public string WorkGroup { get; set; }

    public EngineVersion EngineVersion { get; set; }

    public List<string> ExecutionParameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string SubstatementType { get; set; }

    public QueryResultsS3AccessGrantsConfiguration QueryResultsS3AccessGrantsConfiguration { get; set; }
}
