namespace Amazon.Glue.Model;

public class UpdateIcebergInput
{
    public UpdateIcebergTableInput UpdateIcebergTableInput { get; set; }
}
