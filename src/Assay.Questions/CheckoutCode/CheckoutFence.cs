using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Questions;

/// <summary>
/// Keeps the folder of checkouts apart from the working tree it may lie in: git ignores it, and what is built in a checkout takes no settings from the code around it, as it would
/// where files such as <c>Directory.Build.props</c> are younger than the code. What stands above the repository counts as it did.
/// </summary>
internal static partial class CheckoutFence
{
    public static void Put(string folder, GitRepository repository)
    {
        foreach ((string name, string content) in Files(repository))
        {
            string path = Path.Combine(folder, name);
            byte[] bytes = Encoding.UTF8.GetBytes(content);
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes)) AtomicFile.Write(path, bytes, durable: false);
        }
    }

    private static IEnumerable<(string Name, string Content)> Files(GitRepository repository)
    {
        yield return (".gitignore", "*\n");
        yield return (".editorconfig", "root = true\n");
        yield return ("global.json", "{}\n");
        // A linked working tree may be a checkout itself; only the main one says what stands above all of them.
        string main = Path.GetFileName(repository.Common) == ".git" ? Path.GetDirectoryName(repository.Common)! : repository.Root;
        string above = SecurityElement.Escape(Special().Replace(Path.GetDirectoryName(main) ?? main, c => $"%{(int)c.Value[0]:X2}"));
        foreach (string name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            yield return (name, $"""
                <Project>
                  <!-- Checkouts take nothing from the working tree around them, only from above it. -->
                  <PropertyGroup>
                    <_AboveRepository>{above}</_AboveRepository>
                    <_AboveRepository>$([MSBuild]::GetPathOfFileAbove('{name}', '$(_AboveRepository)'))</_AboveRepository>
                  </PropertyGroup>
                  <Import Project="$(_AboveRepository)" Condition="'$(_AboveRepository)' != ''" />
                </Project>

                """.ReplaceLineEndings("\n"));
        }
    }

    // What means something to MSBuild.
    [GeneratedRegex("[%$@'();*?]")]
    private static partial Regex Special();
}
