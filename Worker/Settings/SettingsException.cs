namespace Stedi.Temporal.Worker.Settings;

/// <summary>A configuration file says something that is not allowed. The message names file, line and what is.</summary>
public sealed class SettingsException(string message) : Exception(message);
