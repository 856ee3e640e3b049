namespace Amazon.Glue.Model;

public class SchemaChangePolicy
{
    public UpdateBehavior UpdateBehavior { get; set; }

    public DeleteBehavior DeleteBehavior { get; set; }
}
