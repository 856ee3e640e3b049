namespace Amazon.Athena.Model;

public class Column
{
    public string Name { get; set; }

    public string Type { get; set; }

    public string Comment { get; set; }
}
