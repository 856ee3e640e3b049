using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Stedi.Aws.Runtime;

/// <summary>An error that an operation may declare: its code, and the exception it becomes.</summary>
internal sealed record ModelledError(string Code, Func<ErrorResponse, ErrorMembers, AmazonServiceException> Make);
