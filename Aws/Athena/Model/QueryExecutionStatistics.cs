namespace Amazon.Athena.Model;

public class QueryExecutionStatistics
{
    public long? EngineExecutionTimeInMillis { get; set; }

    /// <summary>Compressed bytes read.</summary>
    public long? DataScannedInBytes { get; set; }

    /// <summary>The manifest of the files the query wrote: one URI a line.</summary>
    public string DataManifestLocation { get; set; }

    public long? TotalExecutionTimeInMillis { get; set; }

    public long? QueryQueueTimeInMillis { get; set; }

    public long? ServicePreProcessingTimeInMillis { get; set; }

    public long? QueryPlanningTimeInMillis { get; set; }

    public long? ServiceProcessingTimeInMillis { get; set; }

    public ResultReuseInformation ResultReuseInformation { get; set; }

    public double? DpuCount { get; set; }
}
