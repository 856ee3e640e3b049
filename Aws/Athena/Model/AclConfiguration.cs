namespace Amazon.Athena.Model;

public class AclConfiguration
{
    public S3AclOption S3AclOption { get; set; }
}
