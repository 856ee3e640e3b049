namespace Amazon.Glue.Model;

public class SubObjectStatistics
{
    public SubObjectSourceType SourceType { get; set; }

    public string GlueVersionId { get; set; }

    public long? PartitionCount { get; set; }

    public long? FileCount { get; set; }

    public long? TotalFileBytes { get; set; }
}
