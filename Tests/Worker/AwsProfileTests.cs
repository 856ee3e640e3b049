using Amazon.Runtime.CredentialManagement;
using Stedi.Testing;

namespace Stedi.Temporal.Worker.Tests;

/// <summary>The parts of the AWS SDK that profiles need are in the program.</summary>
public sealed class AwsProfileTests
{
    [Fact]
    public void SsoProfile_WithoutALogin_AsksForOneAndMissesNoPackage()
    {
        using var folder = new TempFolder();
        folder.Write("config", """
            [profile lake]
            sso_session = company
            sso_account_id = 111111111111
            sso_role_name = stedi-worker
            region = eu-central-1

            [sso-session company]
            sso_start_url = https://company.example/start
            sso_region = eu-central-1
            sso_registration_scopes = sso:account:access
            """);
        var chain = new CredentialProfileStoreChain(Path.Combine(folder.Path, "config"));

        chain.TryGetAWSCredentials("lake", out var credentials).ShouldBeTrue();
        var error = Should.Throw<Exception>(() => credentials.GetCredentials());

        error.ToString().ShouldContain("SSO Token");
        error.ToString().ShouldNotContain("could not be found or loaded");
    }
}
