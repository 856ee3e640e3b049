namespace Amazon.Athena.Model;

public class SystemTableStatus
{
    public SystemTableType TableName { get; set; }

    public bool? Enabled { get; set; }
}
