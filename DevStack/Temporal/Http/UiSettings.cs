using System.Text.Json;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>What the official Web UI asks its own server for.</summary>
internal static class UiSettings
{
    // From 2.23 on the UI escapes path parts once; this is the version these facts were recorded with.
    private const string UiVersion = "2.53.3";

    public static string Json(string defaultNamespace) => JsonSerializer.Serialize(new
    {
        Auth = new { Enabled = false, Options = (string[]?)null },
        BannerText = "",
        DefaultNamespace = defaultNamespace,
        ShowTemporalSystemNamespace = false,
        FeedbackURL = "",
        NotifyOnNewVersion = false,
        Codec = new { Endpoint = "", PassAccessToken = false, IncludeCredentials = false },
        Version = UiVersion,
        DisableNewsFetch = true,
        DisableWriteActions = false,
        WorkflowTerminateDisabled = false,
        WorkflowCancelDisabled = false,
        WorkflowSignalDisabled = false,
        WorkflowUpdateDisabled = false,
        WorkflowResetDisabled = false,
        WorkflowPauseDisabled = false,
        BatchActionsDisabled = true,
        StartWorkflowDisabled = false,
        HideWorkflowQueryErrors = false,
        RefreshWorkflowCountsDisabled = false,
        ActivityCommandsDisabled = false,
    });
}
