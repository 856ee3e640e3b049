namespace Stedi.Temporal.Workflows;

/// <summary>
/// The <c>type</c> of every permanent application failure. All are non-retryable, because a retry would fail the same way,
/// and their messages say what a person can do.
/// </summary>
public static class FailureTypes
{
    /// <summary>The workflow input holds an unknown field or a value that is not allowed.</summary>
    public const string InvalidInput = nameof(InvalidInput);

    /// <summary>A source or a required column is missing from the landing zone.</summary>
    public const string BrokenContract = nameof(BrokenContract);

    /// <summary>A query did not read exactly the files that landed.</summary>
    public const string LandingMismatch = nameof(LandingMismatch);

    /// <summary>Files changed or disappeared while a query read them. The step is repeated once.</summary>
    public const string LandingChanged = nameof(LandingChanged);

    /// <summary>More lines, bytes or files of a source were rejected than the run's input allows, or all of them.</summary>
    public const string TooManyRejectedLines = nameof(TooManyRejectedLines);

    /// <summary>A rejected customer line could be anybody's withdrawal, because no person can be read from it.</summary>
    public const string UnattributedLines = nameof(UnattributedLines);

    /// <summary>A source or a table is much smaller than in the last snapshot, and the input does not allow it.</summary>
    public const string ShrunkData = nameof(ShrunkData);

    /// <summary>The last snapshot was built from another source prefix, and the input does not allow a change.</summary>
    public const string SourceChanged = nameof(SourceChanged);

    /// <summary>Customer files kept arriving during the run, and each time they withdrew a consent that the tables rely on.</summary>
    public const string ConsentChanged = nameof(ConsentChanged);

    /// <summary>
    /// A step belongs to another run than the one that executes it, because the workflow was reset past its first step. A reset to
    /// the first workflow task is supported.
    /// </summary>
    public const string ResetNotSupported = nameof(ResetNotSupported);

    /// <summary>
    /// Workers of another lake took the step ten times in a row, and gave it back each time without a call to AWS.
    /// </summary>
    public const string OtherLake = nameof(OtherLake);

    /// <summary>The tables to publish are not those that were audited, or some of their files are gone.</summary>
    public const string TablesChanged = nameof(TablesChanged);

    /// <summary>An audit found a violation; nothing was published.</summary>
    public const string AuditFailed = nameof(AuditFailed);

    /// <summary>The published snapshot has a stricter consent policy, and the input does not allow a looser one.</summary>
    public const string LooserPolicy = nameof(LooserPolicy);

    /// <summary>The pseudonym key is missing, too short, or not the key of the published pseudonyms.</summary>
    public const string MissingPseudonymKey = nameof(MissingPseudonymKey);

    /// <summary>A step's queries or crawls failed three times. Another would be charged and most likely fail too.</summary>
    public const string RepeatedFailure = nameof(RepeatedFailure);

    /// <summary>Athena rejects a query because of its syntax, the schema or an unknown function.</summary>
    public const string BadQuery = nameof(BadQuery);

    /// <summary>A query exceeds a limit of the work group or the engine.</summary>
    public const string ExhaustedResources = nameof(ExhaustedResources);

    /// <summary>The credentials are missing or expired, or lack a permission.</summary>
    public const string MissingPermission = nameof(MissingPermission);

    /// <summary>A bucket, database or work group that configuration names does not exist.</summary>
    public const string MissingResource = nameof(MissingResource);

    /// <summary>AWS rejects a request for another permanent reason.</summary>
    public const string RejectedRequest = nameof(RejectedRequest);
}
