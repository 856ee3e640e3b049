namespace Amazon.Glue.Model;

public class SchemaId
{
    public string SchemaArn { get; set; }

    public string SchemaName { get; set; }

    public string RegistryName { get; set; }
}
