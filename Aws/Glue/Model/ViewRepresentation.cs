namespace Amazon.Glue.Model;

public class ViewRepresentation
{
    public ViewDialect Dialect { get; set; }

    public string DialectVersion { get; set; }

    public string ViewOriginalText { get; set; }

    public string ViewExpandedText { get; set; }

    public string ValidationConnection { get; set; }

    public bool? IsStale { get; set; }
}
