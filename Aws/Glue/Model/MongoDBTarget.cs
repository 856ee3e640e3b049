namespace Amazon.Glue.Model;

public class MongoDBTarget
{
    public string ConnectionName { get; set; }

    public string Path { get; set; }

    public bool? ScanAll { get; set; }
}
