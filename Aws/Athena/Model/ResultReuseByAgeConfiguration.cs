namespace Amazon.Athena.Model;

public class ResultReuseByAgeConfiguration
{
    public bool? Enabled { get; set; }

    public int? MaxAgeInMinutes { get; set; }
}
