namespace Stedi.DevStack.Host;

/// <summary>The arguments cannot be understood; the message says which.</summary>
public sealed class CommandLineException(string message) : Exception(message);
