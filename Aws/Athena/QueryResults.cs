using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.GetQueryResultsAsync"/>.</summary>
public class GetQueryResultsRequest : AmazonAthenaRequest
{
    public string QueryExecutionId { get; set; }

    public string NextToken { get; set; }

    /// <summary>1 to 1,000, the header row included.</summary>
    public int? MaxResults { get; set; }
}

/// <summary>The response of <see cref="IAmazonAthena.GetQueryResultsAsync"/>.</summary>
public class GetQueryResultsResponse : AmazonWebServiceResponse
{
    public long? UpdateCount { get; set; }

    public ResultSet ResultSet { get; set; }

    public string NextToken { get; set; }
}

public class ResultSet
{
    public List<Row> Rows { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public ResultSetMetadata ResultSetMetadata { get; set; }
}

public class Row
{
    public List<Datum> Data { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class Datum
{
    /// <summary>The value as text, or null for a NULL cell.</summary>
    public string VarCharValue { get; set; }
}

public class ResultSetMetadata
{
    public List<ColumnInfo> ColumnInfo { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class ColumnInfo
{
    public string CatalogName { get; set; }

    public string SchemaName { get; set; }

    public string TableName { get; set; }

    public string Name { get; set; }

    public string Label { get; set; }

    public string Type { get; set; }

    public int? Precision { get; set; }

    public int? Scale { get; set; }

    public bool? CaseSensitive { get; set; }
}
