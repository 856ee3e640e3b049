namespace Amazon.Glue.Model;

public class TableIdentifier
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string Name { get; set; }

    public string Region { get; set; }
}
