using Stedi.Temporal.Activities.Catalog;

namespace Stedi.Temporal.Activities.Privacy;

/// <summary>The rules for customer records in words.</summary>
public static class ConsentRules
{
    /// <summary>Returns the rule that decided about a person.</summary>
    /// <param name="hasConsent">Whether a consent counts.</param>
    /// <param name="withheldFor">Why the person is withheld; null if they are not, or if no line names them.</param>
    /// <param name="records">Their records.</param>
    public static ConsentRule Of(bool hasConsent, string? withheldFor, IReadOnlyList<ExplainedRecord> records) => (hasConsent, withheldFor) switch
    {
        (true, _) when records.Any(record => record.Reason is not null and not StagingReasons.Cleared) => new(
            "4.3", "The latest accepted record has a consent in force. The rejected lines of the person do not withhold it: a later accepted record replaces them, or they carry a consent themselves."),
        (true, _) => new("4.5", "The record with the latest time decides, and it has a consent in force."),
        (_, null) when records.Count > 0 => new("4.7", "Every line that names the person has been cleared. A cleared line counts as blank."),
        (_, null) => new("4", "No customer line of today's landing names the person, so nothing of them may be published."),
        (_, "consent record unreadable") => new(
            "4.3", "A line that names the person was rejected. It could be a withdrawal, and no later accepted record with a lastUpdateDate replaces it. Correct the file, send a later record, or clear the line."),
        (_, "undated withdrawal") => new(
            "4.4", "A record without consent has no lastUpdateDate, so that nobody knows whether it came before or after the consent. Send the record with lastUpdateDate, or clear the line."),
        (_, "earlier withdrawal") => new(
            "4.5", "The consent is dated before a withdrawal of the person, and a consent that was given before a withdrawal does not count. Only a newer consent does."),
        (_, "consent not yet in force") => new(
            "4.2", "The consent, or the record that carries it, lies in the future and does not count yet."),
        _ => new("4.5", "The record with the latest time decides, and it has no consent. Of records with the same time one without consent wins."),
    };
}

/// <summary>A rule.</summary>
/// <param name="Number">Its number in the rules for customer records.</param>
/// <param name="Text">What it says about the person.</param>
public sealed record ConsentRule(string Number, string Text);
