namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.GetWorkGroupAsync"/>.</summary>
public class GetWorkGroupRequest : AmazonAthenaRequest
{
    public string WorkGroup { get; set; }
}
