namespace Amazon.Athena.Model;

public class ResultReuseInformation
{
    public bool? ReusedPreviousResult { get; set; }
}
