namespace Amazon.Athena.Model;

public class UnprocessedQueryExecutionId
{
    public string QueryExecutionId { get; set; }

    public string ErrorCode { get; set; }

    public string ErrorMessage { get; set; }
}
