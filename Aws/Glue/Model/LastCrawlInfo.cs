namespace Amazon.Glue.Model;

public class LastCrawlInfo
{
    public LastCrawlStatus Status { get; set; }

    public string ErrorMessage { get; set; }

    public string LogGroup { get; set; }

    public string LogStream { get; set; }

    public string MessagePrefix { get; set; }

    public DateTime? StartTime { get; set; }
}
