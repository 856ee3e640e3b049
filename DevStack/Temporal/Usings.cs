global using Google.Protobuf;
global using Temporalio.Api.Common.V1;
global using Temporalio.Api.Enums.V1;
global using Temporalio.Api.Failure.V1;
global using Temporalio.Api.History.V1;
global using Temporalio.Api.WorkflowService.V1;
global using Any = Google.Protobuf.WellKnownTypes.Any;
global using Command = Temporalio.Api.Command.V1.Command;
global using Duration = Google.Protobuf.WellKnownTypes.Duration;
global using Execution = Stedi.DevStack.Temporal.Engine.Executions.Execution;
global using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;
global using UserMetadata = Temporalio.Api.Sdk.V1.UserMetadata;



