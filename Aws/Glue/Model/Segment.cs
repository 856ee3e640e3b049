namespace Amazon.Glue.Model;

public class Segment
{
    public int? SegmentNumber { get; set; }

    public int? TotalSegments { get; set; }
}
