namespace Amazon.Glue.Model;

public class ViewValidation
{
    public ViewDialect Dialect { get; set; }

    public string DialectVersion { get; set; }

    public string ViewValidationText { get; set; }

    public DateTime? UpdateTime { get; set; }

    public ResourceState State { get; set; }

    public ErrorDetail Error { get; set; }
}
