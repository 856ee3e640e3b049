namespace Amazon.Glue.Model;

public class UpdateOpenTableFormatInput
{
    public UpdateIcebergInput UpdateIcebergInput { get; set; }
}
