using System.Security.Cryptography;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>The access keys for the embedded S3, Glue and Athena.</summary>
internal static class AccessKeys
{
    /// <summary>The user name of the pipeline, which may use the pseudonym key.</summary>
    public const string WorkerUser = "stedi-worker";

    /// <summary>The access key of users, which reads what is published and may not use the pseudonym key. Not a secret.</summary>
    public const string Reader = "stedi-reader";

    /// <summary>The user name of the commands that clear lines and explain a person's data.</summary>
    public const string PrivacyUser = "stedi-privacy";

    /// <summary>
    /// Creates an access key for the pipeline or for the privacy commands. It is a secret of the folder's owner: requests signed
    /// with it may read personal data and use the pseudonym key, and every user of the machine can reach the port.
    /// </summary>
    public static string NewSecretKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
