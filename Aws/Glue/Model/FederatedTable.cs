namespace Amazon.Glue.Model;

public class FederatedTable
{
    public string Identifier { get; set; }

    public string DatabaseIdentifier { get; set; }

    public string ConnectionName { get; set; }

    public string ConnectionType { get; set; }
}
