using System.Diagnostics;

namespace Assay;

/// <summary>The state of the repository around the current folder, by one call of the git program. Null where there is no repository or no git.</summary>
/// <param name="Commit">The commit checked out; empty before the first one.</param>
/// <param name="Branch">The branch; HEAD when detached.</param>
/// <param name="Status">Changed and untracked files, a line each as <c>git status --porcelain=v2</c> prints them; at most the first 200.</param>
internal sealed record GitState(string Commit, string Branch, IReadOnlyList<string> Status)
{
    private const int MaxStatusLines = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public bool Dirty => Status.Count > 0;

    public static GitState? Read(string folder)
    {
        try
        {
            var start = new ProcessStartInfo("git", ["--no-optional-locks", "status", "--porcelain=v2", "--branch"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process? git = Process.Start(start);
            if (git is null) return null;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            Task<string> output = git.StandardOutput.ReadToEndAsync();
            if (!git.WaitForExit(Patience))
            {
                git.Kill();
                return null;
            }

            return git.ExitCode == 0 ? Parse(output.GetAwaiter().GetResult()) : null;
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or IOException)
        {
            // No git on this machine: the run says so by having no git state.
            return null;
        }
    }

    public void WriteShort(JsonBuffer json) => json
        .Raw("{\"commit\":"u8).String(Commit).Raw(",\"branch\":"u8).String(Branch).Raw(",\"dirty\":"u8).Boolean(Dirty).Raw((byte)'}');

    public void WriteFull(JsonBuffer json)
    {
        json.Raw("{\"commit\":"u8).String(Commit).Raw(",\"branch\":"u8).String(Branch).Raw(",\"dirty\":"u8).Boolean(Dirty).Raw(",\"status\":"u8);
        JsonValues.Strings(json, Status.Take(MaxStatusLines));
        json.Raw((byte)'}');
    }

    private static GitState Parse(string output)
    {
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string Header(string name) => lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim() ?? "";
        string commit = Header("# branch.oid "), branch = Header("# branch.head ");
        return new GitState(
            commit == "(initial)" ? "" : commit,
            branch == "(detached)" ? "HEAD" : branch,
            [.. lines.Where(l => l[0] != '#')]);
    }
}
