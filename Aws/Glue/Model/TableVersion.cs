namespace Amazon.Glue.Model;

public class TableVersion
{
    public Table Table { get; set; }

    public string VersionId { get; set; }
}
