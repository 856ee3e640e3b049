using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Stedi.DevStack.Landing;
using Stedi.DevStack.Landing.Expectations;
using Stedi.DevStack.Landing.Model;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Worker.Local;

/// <summary>Generates landing data of any size, with the defects that real data has.</summary>
internal static partial class GenerateCommand
{
    public static Command Create(CommandContext session)
    {
        var directory = new Argument<string>("dir") { HelpName = "DIR", Description = "The folder to fill; it must be empty or absent." };
        var scale = new Option<double>("--scale") { HelpName = "N", Description = "The size, up to 100: 1 is 956 customers and 110,000 readings (10 MB).", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { HelpName = "N", Description = "Another seed makes other data of the same shape.", DefaultValueFactory = _ => 1 };
        var json = CommonOptions.Json("Print what is true of the data as JSON.");
        var defects = Enum.GetValues<LandingDefects>().Where(defect => defect != LandingDefects.None)
            .ToDictionary(defect => defect, defect => new Option<bool>("--" + Kebab(defect.ToString())) { Description = DefectDescriptions.Of(defect) });
        var command = new Command("generate", "Makes landing data with the shape of the published STEDI data and none of its values, and says what a run makes of it.") { directory, scale, seed, json };
        foreach (var option in defects.Values)
        {
            command.Add(option);
        }

        command.AddExamples(
            ("generate my-data --scale 10", "Ten times the published size."),
            ("generate damaged --malformed-lines --shared-devices", "Data with two kinds of defects."),
            ("--landing my-data", "Then run on it."));
        command.SetHandledAction(session, async (parsed, cancellationToken) =>
        {
            var target = Path.GetFullPath(parsed.GetRequiredValue(directory), session.Directory);
            if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            {
                throw new CommandException($"The folder {parsed.GetValue(directory)} is not empty.", "Name another one: nothing is overwritten.");
            }

            var options = new LandingOptions
            {
                Scale = parsed.GetValue(scale),
                Seed = parsed.GetValue(seed),
                Defects = defects.Where(defect => parsed.GetValue(defect.Value)).Aggregate(LandingDefects.None, (all, defect) => all | defect.Key),
            };
            var truth = await WriteAsync(session, target, options, cancellationToken);
            session.Terminal.Output.WriteLine(parsed.GetValue(json) ? JsonOutput.Serialize(ExpectedReport.Of(truth)) : Describe(truth));
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<ExpectedResults> WriteAsync(CommandContext session, string target, LandingOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await ProgressBar.ShowAsync(session.Terminal, "Generating", session.Time, report =>
                LandingGenerator.WriteAsync(target, options, new GenerationProgress(report), cancellationToken));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new CommandException(e.Message.Split(" (Parameter")[0], "Choose another --scale.") { ExitCode = ExitCodes.Usage };
        }
    }

    private static string Describe(ExpectedResults truth) => string.Create(CultureInfo.InvariantCulture, $"""
        customer       {truth.Customer.Rows,10:N0} rows {truth.Customer.RejectedLines,8:N0} bad lines {truth.Customer.Files,6:N0} files {NumberFormat.Bytes(truth.Customer.Bytes),9}
        accelerometer  {truth.Accelerometer.Rows,10:N0} rows {truth.Accelerometer.RejectedLines,8:N0} bad lines {truth.Accelerometer.Files,6:N0} files {NumberFormat.Bytes(truth.Accelerometer.Bytes),9}
        step_trainer   {truth.StepTrainer.Rows,10:N0} rows {truth.StepTrainer.RejectedLines,8:N0} bad lines {truth.StepTrainer.Files,6:N0} files {NumberFormat.Bytes(truth.StepTrainer.Bytes),9}

        A run makes of it                 Given   AtReading
        customer_trusted           {truth.Given.CustomerTrusted,12:N0}{truth.AtReading.CustomerTrusted,12:N0}
        accelerometer_trusted      {truth.Given.AccelerometerTrusted,12:N0}{truth.AtReading.AccelerometerTrusted,12:N0}
        customers_curated          {truth.Given.CustomersCurated,12:N0}{truth.AtReading.CustomersCurated,12:N0}
        step_trainer_trusted       {truth.Given.StepTrainerTrusted,12:N0}{truth.AtReading.StepTrainerTrusted,12:N0}
        machine_learning_curated   {truth.Given.MachineLearningCurated,12:N0}{truth.AtReading.MachineLearningCurated,12:N0}
        """);

    private static string Kebab(string name) => Word().Replace(name, "-$1").ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Word();
}

/// <summary>What is true of generated data, in the words of a run's report.</summary>
/// <param name="Landing">What landed, by source.</param>
/// <param name="Given">The rows of each table under the policy Given.</param>
/// <param name="AtReading">The rows of each table under the policy AtReading.</param>
/// <param name="LeftOut">What is left out under Given.</param>
/// <param name="LeftOutAtReading">What is left out under AtReading.</param>
internal sealed record ExpectedReport(
    IReadOnlyDictionary<string, ExpectedSource> Landing,
    IReadOnlyDictionary<string, long> Given,
    IReadOnlyDictionary<string, long> AtReading,
    IReadOnlyList<LeftOutRows> LeftOut,
    IReadOnlyList<LeftOutRows> LeftOutAtReading)
{
    public static ExpectedReport Of(ExpectedResults truth) => new(
        new Dictionary<string, ExpectedSource>
        {
            [LandingSources.Customer] = truth.Customer,
            [LandingSources.Accelerometer] = truth.Accelerometer,
            [LandingSources.StepTrainer] = truth.StepTrainer,
        },
        Tables(truth.Given),
        Tables(truth.AtReading),
        Missing(truth.Given),
        Missing(truth.AtReading));

    private static Dictionary<string, long> Tables(ExpectedTables truth) => new()
    {
        [LakeTables.CustomerTrusted] = truth.CustomerTrusted,
        [LakeTables.AccelerometerTrusted] = truth.AccelerometerTrusted,
        [LakeTables.CustomersCurated] = truth.CustomersCurated,
        [LakeTables.StepTrainerTrusted] = truth.StepTrainerTrusted,
        [LakeTables.MachineLearningCurated] = truth.MachineLearningCurated,
    };

    private static List<LeftOutRows> Missing(ExpectedTables truth) => [.. truth.LeftOut.Select(part => new LeftOutRows(part.Key.Table, part.Key.Reason, part.Value))];
}
