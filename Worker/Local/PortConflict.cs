using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Local;

/// <summary>Explains that a port is taken by another program, and what to do.</summary>
internal static class PortConflict
{
    /// <summary>Explains the error, or returns null if its cause is not a taken port.</summary>
    /// <param name="error">The exception of the server's start.</param>
    /// <param name="key">The port's key in temporal-dev.yaml.</param>
    /// <param name="variable">The environment variable that makes the program use the server on that port, or null.</param>
    /// <param name="port">The port.</param>
    public static CommandException? Explain(Exception error, string key, string? variable, int port)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
            {
                var number = port.ToString(CultureInfo.InvariantCulture);
                var advice = $"Choose another {key} in temporal-dev.yaml (0 takes any free one), or end that program.";
                return new(
                    $"Port {number} of 127.0.0.1 is taken by another program.",
                    variable is null ? [advice] : [advice, $"If it is a Temporal server that you want to use, set {variable}=127.0.0.1:{number}."]);
            }
        }

        return null;
    }
}
