using System.Runtime.Versioning;
using Assay.Git;

namespace Assay.Tests.Provenance;

/// <summary>Files that must not get into a repository because a run starts stay out, are listed, and take no code with them.</summary>
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
        string[] left = [".env", "forced.pem", "notes.txt", "weights.bin"];
        CodeState state = _repository.Captured(SnapshotOptions.Shared with { MaxFileSize = 1000 }, ignored: left);
        Assert.Equal(left, state.LeftOut.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.Contains(new LeftOut("weights.bin", "larger than 1000 bytes", 2000), state.LeftOut);
        Assert.Equal("", _repository.Git(["log", "--all", "--format=%h", "--", .. left]));
    }

    [Fact]
    public void A_committed_secret_that_was_edited_stays_as_it_was_committed()
    {
        _repository.Write(".env", "TOKEN=old\n");
        _repository.Git("add", "--force", ".env");
        _repository.Commit("careless");
        Assert.Empty(_repository.Captured().LeftOut);
        _repository.Write(".env", "TOKEN=new\n");
        _repository.Git("add", ".env");
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.Untouched();
        Assert.Equal("TOKEN=old", _repository.Git("show", state.Commit + ":.env"));
        Assert.Equal(".env", Assert.Single(state.LeftOut).Path);
        Assert.Empty(state.Snapshot!.Remarks);
    }

    [Theory]
    [InlineData("a*b[c]?.pem")]
    [InlineData("*.pem")]
    [InlineData("ä.pem")]
    public void A_secret_that_is_ignored_and_staged_by_force_is_left_out_and_nothing_else(string name)
    {
        _repository.Write(".gitignore", "*.pem\n");
        _repository.Commit("ignore");
        _repository.Write(name, "secret\n");
        _repository.Write("x.txt", "kept\n");
        _repository.Git("--literal-pathspecs", "add", "--force", name);
        _repository.Captured(ignored: [name]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_repository_within_the_tree_is_listed_as_left_out(bool withCommit)
    {
        _repository.Write("nested/file.txt", "nested\n");
        string nested = _repository.File("nested");
        TestRepository.GitIn(nested, "init", "-q");
        string[] commit = ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "nested"];
        if (withCommit) TestRepository.GitIn(nested, commit);
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.Captured(ignored: ["nested/file.txt"]);
        Assert.Equal([new LeftOut("nested", "a repository of its own; git keeps no content of it", null)], state.LeftOut);
    }

    [Fact]
    public void A_file_whose_name_is_not_UTF_8_is_listed_as_left_out()
    {
        using (var shell = System.Diagnostics.Process.Start(
            "sh", ["-c", "printf x > \"$1/$(printf 'n\\344me.txt')\"", "sh", _repository.Root])) shell.WaitForExit();
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.State();
        Assert.Equal("its name is not UTF-8", Assert.Single(state.LeftOut).Reason);
        Assert.Equal("changed", _repository.Git("show", state.Commit + ":data.csv"));
        // .NET cannot delete the file.
        _repository.Git("clean", "-q", "--force");
    }

    [Fact]
    public void Secrets_are_recognised_by_name_in_any_casing_and_by_the_end_of_a_path()
    {
        string[] secrets =
        [
            ".env.local", ".envrc", "deploy/.aws/credentials", "credentials", "Credentials.json", "client_secret_123.apps.json",
            "conf/service-account-prod.json", "prod.kubeconfig", ".kube/config", ".docker/config.json", "infra/terraform.tfstate",
            "terraform.tfstate.backup", "_netrc", ".pgpass", "id_ed25519", "store.p12", "release.keystore",
        ];
        string[] code =
        [
            "src/credentials.cs", "credentials/store.py", "client_secret.cs", "service_account.py", "src/config", "docker/config.json",
            "kubeconfig.go", "id_map.py", "main.tf", "tfstate.md", ".env.example", "credentials.json.template", "keystore.cs",
        ];
        Assert.Equal(secrets, secrets.Concat(code).Where(path =>
            LikelySecrets.Reason(_repository.File(path), path, LikelySecrets.Names) is not null));
    }

    [Theory]
    [InlineData("//registry.npmjs.org/:_authToken=npm_abc\n", true)]
    [InlineData("registry=https://example.org/\n_auth = YWRhOng=\n", true)]
    [InlineData("[pypi]\nusername = __token__\npassword = pypi-abc\n", true)]
    [InlineData("registry=https://example.org/\nsave-exact=true\n", false)]
    [InlineData("//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n", false)]
    public void Settings_of_packages_are_code_unless_they_hold_a_password_or_token(string content, bool isSecret)
    {
        _repository.Write("web/.npmrc", content);
        string? reason = LikelySecrets.Reason(_repository.File("web/.npmrc"), "web/.npmrc", LikelySecrets.Names);
        Assert.Equal(isSecret ? "holds a password or key" : null, reason);
    }
}
