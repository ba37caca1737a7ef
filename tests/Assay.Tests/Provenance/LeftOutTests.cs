using System.Runtime.Versioning;

namespace Assay.Tests.Provenance;

/// <summary>What must not get into a repository because a run started stays out, is listed, and takes no code with it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LeftOutTests : IDisposable
{
    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Likely_secrets_and_large_files_are_left_out_and_listed()
    {
        _repository.Write(".env", "TOKEN=1\n");
        _repository.Write(".env.example", "TOKEN=\n");
        _repository.Write("forced.pem", "x\n");
        _repository.Git("add", "--force", "forced.pem");
        _repository.Write("notes.txt", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n");
        _repository.Write("weights.bin", new string('w', 2000));
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.Captured(SnapshotOptions.Shared with { MaxFileSize = 1000 }, ignored: [".env", "forced.pem", "notes.txt", "weights.bin"]);
        Assert.Equal([".env", "forced.pem", "notes.txt", "weights.bin"], state.LeftOut.Select(l => l.Path).Order(StringComparer.Ordinal));
        Assert.Equal(("larger than 1000 bytes", 2000L), (state.LeftOut.Single(l => l.Path == "weights.bin").Reason, state.LeftOut.Single(l => l.Path == "weights.bin").Size));
    }

    [Fact]
    public void A_committed_secret_that_was_edited_stays_as_it_was_committed()
    {
        _repository.Write(".env", "TOKEN=old\n");
        _repository.Git("add", "--force", ".env");
        _repository.Commit("careless");
        _repository.Write(".env", "TOKEN=new\n");
        _repository.Git("add", ".env");
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.Untouched();
        Assert.Equal("TOKEN=old", _repository.Git("show", state.Commit + ":.env"));
        Assert.Equal(".env", Assert.Single(state.LeftOut).Path);
        Assert.Empty(state.Snapshot!.Remarks);
    }

    [Theory]
    [InlineData(".env.local")]
    [InlineData(".envrc")]
    [InlineData("deploy/.aws/credentials")]
    [InlineData("credentials")]
    [InlineData("Credentials.json")]
    [InlineData("client_secret_123.apps.json")]
    [InlineData("conf/service-account-prod.json")]
    [InlineData("service_account.json")]
    [InlineData("kubeconfig")]
    [InlineData("prod.kubeconfig")]
    [InlineData(".kube/config")]
    [InlineData(".docker/config.json")]
    [InlineData(".htpasswd")]
    [InlineData("infra/terraform.tfstate")]
    [InlineData("terraform.tfstate.backup")]
    [InlineData(".netrc")]
    [InlineData("_netrc")]
    [InlineData(".pgpass")]
    [InlineData("id_ed25519")]
    [InlineData("id_ecdsa_sk")]
    [InlineData("store.pfx")]
    [InlineData("store.p12")]
    [InlineData("store.jks")]
    [InlineData("release.keystore")]
    public void A_file_of_this_name_is_taken_for_a_secret(string name)
    {
        _repository.Write(name, "x\n");
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.Captured(ignored: [name]);
        Assert.Equal(name, Assert.Single(state.LeftOut).Path);
    }

    [Theory]
    [InlineData("src/credentials.cs")]
    [InlineData("credentials/store.py")]
    [InlineData("client_secret.cs")]
    [InlineData("service_account.py")]
    [InlineData("src/config")]
    [InlineData("docker/config.json")]
    [InlineData("kubeconfig.go")]
    [InlineData("id_map.py")]
    [InlineData("main.tf")]
    [InlineData("tfstate.md")]
    [InlineData(".env.example")]
    [InlineData("credentials.json.template")]
    [InlineData("keystore.cs")]
    public void A_file_that_is_only_called_alike_is_code(string name)
    {
        _repository.Write(name, "x\n");
        Assert.Empty(_repository.Captured().LeftOut);
    }

    [Theory]
    [InlineData(".npmrc", "//registry.npmjs.org/:_authToken=npm_abc\n", true)]
    [InlineData("web/.npmrc", "registry=https://example.org/\n_auth = YWRhOng=\n", true)]
    [InlineData(".npmrc", "registry=https://example.org/\nsave-exact=true\n", false)]
    [InlineData(".npmrc", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n", false)]
    [InlineData(".pypirc", "[pypi]\nusername = __token__\npassword = pypi-abc\n", true)]
    [InlineData(".pypirc", "[distutils]\nindex-servers = own\n[own]\nrepository = https://example.org/\n", false)]
    public void Settings_of_packages_are_code_unless_they_hold_what_signs_in(string name, string content, bool secret)
    {
        _repository.Write(name, content);
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.Captured(ignored: secret ? [name] : []);
        Assert.Equal(secret ? [(name, "holds a password or token")] : [], state.LeftOut.Select(l => (l.Path, l.Reason)));
    }

    [Fact]
    public void A_committed_secret_that_nobody_touched_stays_in_the_code()
    {
        _repository.Write("terraform.tfstate", "{}\n");
        _repository.Write("credentials", "x\n");
        _repository.Commit("careless");
        _repository.Write("data.csv", "changed\n");
        Assert.Empty(_repository.Captured().LeftOut);
    }

    [Fact]
    public void The_note_on_code_state_lists_every_name()
    {
        string note = File.ReadAllText(Repository.File("docs", "design", "0010-code-state.md"));
        Assert.All(LikelySecrets.Names, n => Assert.Contains($"`{n}`", note, StringComparison.Ordinal));
    }
}
