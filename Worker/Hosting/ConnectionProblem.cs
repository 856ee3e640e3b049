namespace Stedi.Temporal.Worker.Hosting;

/// <summary>Says in words why a Temporal server could not be connected to. The SDK's core reports only the names of its own types.</summary>
internal static class ConnectionProblem
{
    /// <summary>Explains the failure of a connection to a server outside of this program.</summary>
    /// <param name="server">The server's host and port.</param>
    /// <param name="usesTls">Whether the connection was to be encrypted.</param>
    /// <param name="reason">The SDK's message.</param>
    public static CommandException Explain(string server, bool usesTls, string reason)
    {
        if (usesTls && reason.Contains("InvalidMessage", StringComparison.Ordinal))
        {
            return new(
                $"The Temporal server at {server} does not speak TLS, which TEMPORAL_TLS or an API key turns on.",
                "Use the address of a port with TLS. For a server without it, unset TEMPORAL_API_KEY and the TEMPORAL_TLS variables.");
        }

        if (reason.Contains("InvalidCertificate", StringComparison.Ordinal))
        {
            return new(
                $"The certificate of the Temporal server at {server} is not valid here: {Detail(reason, "InvalidCertificate(")}.",
                "If the server has a certificate authority of its own, name its file in TEMPORAL_TLS_SERVER_CA_CERT_PATH; if its certificate is for another name, set TEMPORAL_TLS_SERVER_NAME.");
        }

        if (reason.Contains("Unauthenticated", StringComparison.Ordinal) || reason.Contains("PermissionDenied", StringComparison.Ordinal) || reason.Contains("CertificateRequired", StringComparison.Ordinal))
        {
            return new(
                $"The Temporal server at {server} refused the API key or the client certificate.",
                "Check TEMPORAL_API_KEY, or TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH, and that they belong to TEMPORAL_NAMESPACE.");
        }

        return !usesTls && (reason.Contains("BrokenPipe", StringComparison.Ordinal) || reason.Contains("ConnectionReset", StringComparison.Ordinal))
            ? new(
                $"The Temporal server at {server} closed the connection at once. It may expect TLS.",
                "Set TEMPORAL_TLS=true, or TEMPORAL_API_KEY, which turns TLS on.")
            : new(
                $"The Temporal server at {server} cannot be reached: {reason}",
                "Look at TEMPORAL_ADDRESS, or at temporal.address in temporal-dev.yaml.",
                "Without either, `stedi` starts an embedded server.");
    }

    private static string Detail(string reason, string before)
    {
        var start = reason.IndexOf(before, StringComparison.Ordinal) + before.Length;
        var end = reason.IndexOf(')', start);
        return end < 0 ? reason[start..] : reason[start..end];
    }
}
