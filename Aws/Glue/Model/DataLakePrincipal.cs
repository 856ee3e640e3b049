namespace Amazon.Glue.Model;

public class DataLakePrincipal
{
    public string DataLakePrincipalIdentifier { get; set; }
}
