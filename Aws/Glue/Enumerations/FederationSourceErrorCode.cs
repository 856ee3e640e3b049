using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

[JsonConverter(typeof(ConstantConverter<FederationSourceErrorCode>))]
public class FederationSourceErrorCode(string value) : ConstantClass(value), IConstant<FederationSourceErrorCode>
{
    public static readonly FederationSourceErrorCode AccessDeniedException = new("AccessDeniedException");
    public static readonly FederationSourceErrorCode EntityNotFoundException = new("EntityNotFoundException");
    public static readonly FederationSourceErrorCode InternalServiceException = new("InternalServiceException");
    public static readonly FederationSourceErrorCode InvalidCredentialsException = new("InvalidCredentialsException");
    public static readonly FederationSourceErrorCode InvalidInputException = new("InvalidInputException");
    public static readonly FederationSourceErrorCode InvalidResponseException = new("InvalidResponseException");
    public static readonly FederationSourceErrorCode OperationNotSupportedException = new("OperationNotSupportedException");
    public static readonly FederationSourceErrorCode OperationTimeoutException = new("OperationTimeoutException");
    public static readonly FederationSourceErrorCode PartialFailureException = new("PartialFailureException");
    public static readonly FederationSourceErrorCode ThrottlingException = new("ThrottlingException");

    public static FederationSourceErrorCode FindValue(string value) => FindValue<FederationSourceErrorCode>(value);

    public static implicit operator FederationSourceErrorCode(string value) => FindValue(value);
}
