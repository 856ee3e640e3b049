namespace Stedi.DevStack.Aws.Storage;

/// <summary>The state file cannot be used as it is; it was left untouched. The message says what to do.</summary>
public sealed class StateFileException(string message, Exception? inner = null) : IOException(message, inner);
