namespace Amazon.Athena.Model;

public class ResultReuseConfiguration
{
    public ResultReuseByAgeConfiguration ResultReuseByAgeConfiguration { get; set; }
}
