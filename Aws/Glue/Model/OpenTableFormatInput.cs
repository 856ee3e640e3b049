namespace Amazon.Glue.Model;

public class OpenTableFormatInput
{
    public IcebergInput IcebergInput { get; set; }
}
