namespace Amazon.Glue.Model;

public class TableStatus
{
    public string RequestedBy { get; set; }

    public string UpdatedBy { get; set; }

    public DateTime? RequestTime { get; set; }

    public DateTime? UpdateTime { get; set; }

    public ResourceAction Action { get; set; }

    public ResourceState State { get; set; }

    public ErrorDetail Error { get; set; }

    public StatusDetails Details { get; set; }
}
