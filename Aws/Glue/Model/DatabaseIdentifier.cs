namespace Amazon.Glue.Model;

public class DatabaseIdentifier
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string Region { get; set; }
}
