namespace Amazon.Athena.Model;

public class QueryExecutionStatus
{
    public QueryExecutionState State { get; set; }

    public string StateChangeReason { get; set; }

    public DateTime? SubmissionDateTime { get; set; }

    public DateTime? CompletionDateTime { get; set; }

    public AthenaError AthenaError { get; set; }
}
