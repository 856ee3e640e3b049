namespace Stedi.Temporal.Workflows;

/// <summary>
/// The <c>type</c> of every application failure that this project raises on purpose. All are permanent: a retry
/// would meet the same fact again, so each is raised non-retryably and names what a person can do.
/// </summary>
public static class FailureTypes
{
    /// <summary>The workflow input holds an unknown field or a value that is not allowed.</summary>
    public const string InvalidInput = nameof(InvalidInput);

    /// <summary>The landing zone lacks a source or a required column.</summary>
    public const string BrokenContract = nameof(BrokenContract);

    /// <summary>A query read other files than those that landed.</summary>
    public const string LandingMismatch = nameof(LandingMismatch);

    /// <summary>More lines of a source were rejected than the run's input allows.</summary>
    public const string TooManyRejectedLines = nameof(TooManyRejectedLines);

    /// <summary>An audit found a violation; nothing was published.</summary>
    public const string AuditFailed = nameof(AuditFailed);

    /// <summary>The published snapshot has a stricter consent policy, and the input does not allow a looser one.</summary>
    public const string LooserPolicy = nameof(LooserPolicy);

    /// <summary>The pseudonym key is missing, too short, or another one than that of the published pseudonyms.</summary>
    public const string MissingPseudonymKey = nameof(MissingPseudonymKey);

    /// <summary>Athena refuses a query: syntax, schema, a function that does not exist.</summary>
    public const string BadQuery = nameof(BadQuery);

    /// <summary>A query needs more than the work group or the engine grants.</summary>
    public const string ExhaustedResources = nameof(ExhaustedResources);

    /// <summary>The credentials are missing, expired or lack a permission.</summary>
    public const string MissingPermission = nameof(MissingPermission);

    /// <summary>A bucket, database or work group that configuration names does not exist.</summary>
    public const string MissingResource = nameof(MissingResource);

    /// <summary>AWS rejects a request for a reason that a retry does not mend.</summary>
    public const string RejectedRequest = nameof(RejectedRequest);
}
