namespace Stedi.DevStack.Aws.Athena;

/// <summary>The numbers of <c>AthenaError.ErrorType</c> that this engine gives, from Athena's error reference.</summary>
internal static class AthenaErrorType
{
    public const int ResourcesExhausted = 1;
    public const int Data = 1001;
    public const int AccessDenied = 1003;
    public const int Schema = 1004;
    public const int Syntax = 1006;
    public const int InvalidArgument = 1100;
    public const int InvalidProperty = 1101;
    public const int TableMissing = 1110;
    public const int Unsupported = 1200;
    public const int Internal = 233;
}
