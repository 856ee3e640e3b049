namespace Amazon.Glue.Model;

public class IcebergSortField
{
    public int? SourceId { get; set; }

    public string Transform { get; set; }

    public IcebergSortDirection Direction { get; set; }

    public IcebergNullOrder NullOrder { get; set; }
}
