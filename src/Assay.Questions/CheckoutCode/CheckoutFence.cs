using System.Text;

namespace Assay.Questions;

/// <summary>
/// Keeps the folder of checkouts apart from the working tree it may lie in: git ignores it, and what is built in a checkout takes no
/// settings from the newer code around it.
/// </summary>
internal static class CheckoutFence
{
    public static void Put(string folder)
    {
        foreach ((string name, string content) in Files())
        {
            string path = Path.Combine(folder, name);
            byte[] bytes = Encoding.UTF8.GetBytes(content);
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes)) AtomicFile.Write(path, bytes, durable: false);
        }
    }

    private static IEnumerable<(string Name, string Content)> Files()
    {
        yield return (".gitignore", "*\n");
        yield return (".editorconfig", "root = true\n");
        yield return ("global.json", "{}\n");
        foreach (string name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            yield return (name, "<Project />\n");
        }
    }
}
