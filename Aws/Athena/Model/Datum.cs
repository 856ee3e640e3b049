namespace Amazon.Athena.Model;

public class Datum
{
    /// <summary>The value as text, or null for a NULL cell.</summary>
    public string VarCharValue { get; set; }
}
