namespace Stedi.DevStack.Landing.Model;

/// <summary>A reading of the phone app's accelerometer.</summary>
readonly record struct AppReading(string User, long Time, sbyte X, sbyte Y, sbyte Z);

/// <summary>A reading of the device's motion sensor.</summary>
readonly record struct StepReading(string SerialNumber, long Time, int Distance);
