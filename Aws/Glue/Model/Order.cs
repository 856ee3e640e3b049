namespace Amazon.Glue.Model;

public class Order
{
    public string Column { get; set; }

    public int? SortOrder { get; set; }
}
