namespace Amazon.Glue.Model;

public class LineageConfiguration
{
    public CrawlerLineageSettings CrawlerLineageSettings { get; set; }
}
