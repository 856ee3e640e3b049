namespace Amazon.Glue.Model;

public class IcebergPartitionField
{
    public int? SourceId { get; set; }

    public string Transform { get; set; }

    public string Name { get; set; }

    public int? FieldId { get; set; }
}
