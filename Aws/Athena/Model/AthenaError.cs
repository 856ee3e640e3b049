namespace Amazon.Athena.Model;

public class AthenaError
{
    /// <summary>1: system, 2: user, 3: other.</summary>
    public int? ErrorCategory { get; set; }

    public int? ErrorType { get; set; }

    /// <summary>Whether the same query may succeed when it is submitted again.</summary>
    public bool? Retryable { get; set; }

    public string ErrorMessage { get; set; }
}
