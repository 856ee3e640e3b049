namespace Stedi.Temporal.Activities.Audit;

/// <summary>Regular expressions over the text of a JSON document, for audits that share nothing with the reading of JSON.</summary>
public static class JsonText
{
    /// <summary>An object or array, down to three levels: one more level matches nothing, because a regular expression cannot count.</summary>
    public static string InnerValue { get; } = Around(Around(Around("")));

    private static string Around(string inner) => $$"""[{\[](?:[^"{}\[\]]|"(?:[^"\\]|\\.)*"{{(inner.Length == 0 ? "" : "|" + inner)}})*[}\]]""";
}
