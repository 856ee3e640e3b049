namespace Amazon.Athena.Model;

public class QueryExecutionContext
{
    public string Database { get; set; }

    public string Catalog { get; set; }
}
