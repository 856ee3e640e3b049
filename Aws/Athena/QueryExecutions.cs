using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.StartQueryExecutionAsync"/>.</summary>
public class StartQueryExecutionRequest : AmazonAthenaRequest
{
    /// <summary>1 to 262,144 characters.</summary>
    public string QueryString { get; set; }

    /// <summary>32 to 128 characters; the same token returns the same query, whatever its state. Filled with a GUID when null.</summary>
    public string ClientRequestToken { get; set; }

    public QueryExecutionContext QueryExecutionContext { get; set; }

    public ResultConfiguration ResultConfiguration { get; set; }

    public string WorkGroup { get; set; }

    public List<string> ExecutionParameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>The response of <see cref="IAmazonAthena.StartQueryExecutionAsync"/>.</summary>
public class StartQueryExecutionResponse : AmazonWebServiceResponse
{
    public string QueryExecutionId { get; set; }
}

/// <summary>The request of <see cref="IAmazonAthena.GetQueryExecutionAsync"/>.</summary>
public class GetQueryExecutionRequest : AmazonAthenaRequest
{
    public string QueryExecutionId { get; set; }
}

/// <summary>The response of <see cref="IAmazonAthena.GetQueryExecutionAsync"/>.</summary>
public class GetQueryExecutionResponse : AmazonWebServiceResponse
{
    public QueryExecution QueryExecution { get; set; }
}

/// <summary>The request of <see cref="IAmazonAthena.StopQueryExecutionAsync"/>.</summary>
public class StopQueryExecutionRequest : AmazonAthenaRequest
{
    public string QueryExecutionId { get; set; }
}

/// <summary>The response of <see cref="IAmazonAthena.StopQueryExecutionAsync"/>.</summary>
public class StopQueryExecutionResponse : AmazonWebServiceResponse;

/// <summary>The request of <see cref="IAmazonAthena.BatchGetQueryExecutionAsync"/>.</summary>
public class BatchGetQueryExecutionRequest : AmazonAthenaRequest
{
    /// <summary>1 to 50 ids.</summary>
    public List<string> QueryExecutionIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>The response of <see cref="IAmazonAthena.BatchGetQueryExecutionAsync"/>.</summary>
public class BatchGetQueryExecutionResponse : AmazonWebServiceResponse
{
    public List<QueryExecution> QueryExecutions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<UnprocessedQueryExecutionId> UnprocessedQueryExecutionIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class UnprocessedQueryExecutionId
{
    public string QueryExecutionId { get; set; }

    public string ErrorCode { get; set; }

    public string ErrorMessage { get; set; }
}

/// <summary>The request of <see cref="IAmazonAthena.ListQueryExecutionsAsync"/>.</summary>
public class ListQueryExecutionsRequest : AmazonAthenaRequest
{
    public string NextToken { get; set; }

    /// <summary>0 to 50.</summary>
    public int? MaxResults { get; set; }

    public string WorkGroup { get; set; }
}

/// <summary>The response of <see cref="IAmazonAthena.ListQueryExecutionsAsync"/>.</summary>
public class ListQueryExecutionsResponse : AmazonWebServiceResponse
{
    public List<string> QueryExecutionIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string NextToken { get; set; }
}

public class QueryExecution
{
    public string QueryExecutionId { get; set; }

    public string Query { get; set; }

    public ResultConfiguration ResultConfiguration { get; set; }

    public QueryExecutionContext QueryExecutionContext { get; set; }

    public QueryExecutionStatus Status { get; set; }

    public QueryExecutionStatistics Statistics { get; set; }

    public string WorkGroup { get; set; }

    public List<string> ExecutionParameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string SubstatementType { get; set; }
}

public class QueryExecutionContext
{
    public string Database { get; set; }

    public string Catalog { get; set; }
}

public class QueryExecutionStatus
{
    public QueryExecutionState State { get; set; }

    public string StateChangeReason { get; set; }

    public DateTime? SubmissionDateTime { get; set; }

    public DateTime? CompletionDateTime { get; set; }

    public AthenaError AthenaError { get; set; }
}

public class AthenaError
{
    /// <summary>1: system, 2: user, 3: other.</summary>
    public int? ErrorCategory { get; set; }

    public int? ErrorType { get; set; }

    /// <summary>Whether the same query may succeed when it is submitted again.</summary>
    public bool? Retryable { get; set; }

    public string ErrorMessage { get; set; }
}

public class QueryExecutionStatistics
{
    public long? EngineExecutionTimeInMillis { get; set; }

    /// <summary>Compressed bytes read.</summary>
    public long? DataScannedInBytes { get; set; }

    /// <summary>The manifest of the files the query wrote: one URI per line.</summary>
    public string DataManifestLocation { get; set; }

    public long? TotalExecutionTimeInMillis { get; set; }

    public long? QueryQueueTimeInMillis { get; set; }

    public long? ServicePreProcessingTimeInMillis { get; set; }

    public long? QueryPlanningTimeInMillis { get; set; }

    public long? ServiceProcessingTimeInMillis { get; set; }

    public double? DpuCount { get; set; }
}

public class ResultConfiguration
{
    public string OutputLocation { get; set; }

    public string ExpectedBucketOwner { get; set; }
}
