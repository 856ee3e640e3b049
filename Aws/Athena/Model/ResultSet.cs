namespace Amazon.Athena.Model;

public class ResultSet
{
    public List<Row> Rows { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public ResultSetMetadata ResultSetMetadata { get; set; }
}
