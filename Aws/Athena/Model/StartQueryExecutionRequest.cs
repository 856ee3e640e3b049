namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.StartQueryExecutionAsync"/>.</summary>
public class StartQueryExecutionRequest : AmazonAthenaRequest
{
    /// <summary>1 to 262,144 characters.</summary>
    public string QueryString { get; set; }

    /// <summary>32 to 128 characters; the same token returns the same query, whatever became of it. Filled with a GUID when null.</summary>
    public string ClientRequestToken { get; set; }

    public QueryExecutionContext QueryExecutionContext { get; set; }

    public ResultConfiguration ResultConfiguration { get; set; }

    public string WorkGroup { get; set; }

    public List<string> ExecutionParameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public ResultReuseConfiguration ResultReuseConfiguration { get; set; }

    public EngineConfiguration EngineConfiguration { get; set; }
}
