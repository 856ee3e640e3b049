// Types that break the rules of DependencyRules, one per rule, for the tests of the rules themselves.
namespace Planted.DevStack.Aws.Athena.Engine
{
    internal interface ISandbox;
}

namespace Planted.DevStack.Aws.Athena
{
    internal interface IQuery
    {
        public global::Planted.DevStack.Aws.Glue.Crawlers.ICrawler Crawler { get; }
    }
}

namespace Planted.DevStack.Aws.Glue.Crawlers
{
    internal interface ICrawler;
}

namespace Planted.DevStack.Aws.Glue
{
    internal interface ITableOperation
    {
        public global::Planted.DevStack.Aws.Athena.Engine.ISandbox Sandbox { get; }
    }
}

namespace Planted.DevStack.Aws
{
    internal interface ILocalCloud
    {
        public global::Planted.Product.Activities.Lake.ILakeTable LakeTable { get; }
    }
}

namespace Planted.DevStack.Aws.Protocol
{
    internal interface ICall
    {
        public global::Planted.DevStack.Aws.Storage.IBucket Bucket { get; }
    }
}

namespace Planted.DevStack.Aws.Storage
{
    internal interface IBucket;
}

namespace Planted.DevStack.Common
{
    internal interface IStateFile
    {
        public global::Planted.DevStack.Aws.ILocalCloud LocalCloud { get; }
    }
}

namespace Planted.DevStack.Host
{
    internal interface IArguments;
}

namespace Planted.DevStack.Landing.Files
{
    internal interface ILandingFile
    {
        public global::Planted.DevStack.Landing.IGenerator Generator { get; }
    }
}

namespace Planted.DevStack.Landing
{
    internal interface IGenerator
    {
        public global::Planted.DevStack.Landing.Files.ILandingFile LandingFile { get; }
    }
}

namespace Planted.DevStack.Landing.Model
{
    internal interface IRow
    {
        public global::Planted.DevStack.Landing.Files.ILandingFile LandingFile { get; }
    }
}

namespace Planted.DevStack.Temporal.Engine.Commands
{
    internal interface ICommandHandler
    {
        public global::Planted.DevStack.Temporal.Rpc.IRequest Request { get; }
    }
}

namespace Planted.DevStack.Temporal.Http
{
    internal interface IPage
    {
        public global::Planted.DevStack.Temporal.Visibility.IIndex Index { get; }
    }
}

namespace Planted.DevStack.Temporal.Rpc
{
    internal interface IRequest
    {
        public global::Planted.DevStack.Host.IArguments Arguments { get; }
    }
}

namespace Planted.DevStack.Temporal.Storage
{
    internal interface IStore
    {
        public global::Planted.DevStack.Temporal.Visibility.IIndex Index { get; }
    }
}

namespace Planted.DevStack.Temporal.Updates
{
    internal interface IUpdate
    {
        public global::Planted.DevStack.Temporal.Storage.IStore Store { get; }
    }
}

namespace Planted.DevStack.Temporal.Visibility
{
    internal interface IIndex;
}

namespace Planted.DevStack.Temporal.WorkflowTasks
{
    internal interface IPoll
    {
        public global::Planted.DevStack.Temporal.Http.IPage Page { get; }
    }
}

namespace Planted.Product.Activities.Lake
{
    internal interface ILakeTable
    {
        public global::Planted.Product.Worker.Hosting.IConnection Connection { get; }
    }
}

namespace Planted.Product.Activities.Resilience
{
    internal interface IRetry
    {
        public global::Planted.Product.Activities.Lake.ILakeTable LakeTable { get; }
    }
}

namespace Planted.Product.Worker.Cli
{
    internal interface ICommand
    {
        public global::Planted.DevStack.Aws.ILocalCloud LocalCloud { get; }
    }
}

namespace Planted.Product.Worker.Configuration
{
    internal interface ISettings
    {
        public global::Planted.Product.Worker.Hosting.IConnection Connection { get; }
    }
}

namespace Planted.Product.Worker.Hosting
{
    internal interface IConnection
    {
        public global::Planted.Product.Worker.Cli.ICommand Command { get; }
    }
}

namespace Planted.Product.Worker.Unlisted
{
    internal interface INewcomer;
}

namespace Planted.Product.Workflows.Contracts
{
    internal interface IContract
    {
        public global::Planted.Product.Activities.Lake.ILakeTable LakeTable { get; }
    }
}

namespace Planted.Product.Workflows.Inputs
{
    internal interface IInput
    {
        public global::Planted.Product.Workflows.Contracts.IContract Contract { get; }
    }
}
