namespace Stedi.Temporal.Worker.Stack;

/// <summary>Who calls the embedded S3, Glue and Athena. Not secrets: they keep honest clients apart on one machine.</summary>
static class AccessKeys
{
    /// <summary>Runs the pipeline, and may use the pseudonym key.</summary>
    public const string Worker = "stedi-worker";

    /// <summary>Reads what is published, and may not.</summary>
    public const string Reader = "stedi-reader";
}
