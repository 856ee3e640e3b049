namespace Amazon.Glue.Model;

public class RecrawlPolicy
{
    public RecrawlBehavior RecrawlBehavior { get; set; }
}
