namespace Amazon.Glue.Model;

public class SchemaReference
{
    public SchemaId SchemaId { get; set; }

    public string SchemaVersionId { get; set; }

    public long? SchemaVersionNumber { get; set; }
}
