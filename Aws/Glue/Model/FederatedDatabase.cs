namespace Amazon.Glue.Model;

public class FederatedDatabase
{
    public string Identifier { get; set; }

    public string ConnectionName { get; set; }

    public string ConnectionType { get; set; }
}
