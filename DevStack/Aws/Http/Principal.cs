using Microsoft.AspNetCore.Http;

namespace Stedi.DevStack.Aws.Http;

/// <summary>Who calls, by the access key id the request was signed with. Signatures are not verified.</summary>
internal sealed record Principal(string? AccessKey)
{
    /// <summary>Stands for any privileged key wherever a caller is kept: the key itself is a secret. No request can say it, because a key ends at a slash.</summary>
    public const string Privileged = "/privileged";

    public static Principal Of(HttpRequest request, string? presignedCredential)
    {
        var authorization = request.Headers.Authorization.ToString();
        const string Marker = "Credential=";
        var at = authorization.IndexOf(Marker, StringComparison.Ordinal);
        var credential = at >= 0 ? authorization[(at + Marker.Length)..]
            : authorization.StartsWith("AWS ", StringComparison.Ordinal) ? authorization["AWS ".Length..] // Signature version 2
            : presignedCredential ?? "";
        var key = credential.Split('/', ',', ':')[0].Trim();
        return new Principal(key.Length == 0 ? null : key);
    }
}
