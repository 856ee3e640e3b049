namespace Amazon.Glue.Model;

public class ErrorDetail
{
    public string ErrorCode { get; set; }

    public string ErrorMessage { get; set; }
}
