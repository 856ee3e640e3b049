namespace Amazon.Glue.Model;

public class RLSProperties
{
    public string DefaultRLSPolicy { get; set; }
}
