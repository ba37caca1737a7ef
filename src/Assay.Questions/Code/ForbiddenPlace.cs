namespace Assay.Questions;

/// <summary>Folders whose content is git's or a store's own, where nobody else may put anything.</summary>
internal static class ForbiddenPlace
{
    /// <returns>What the path lies in, in words; null where there is nothing to say against it.</returns>
    public static string? Around(string path)
    {
        for (string? folder = RealPath.Of(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (IsGit(folder)) return $"the folder '{folder}', in which git keeps a repository";
            if (IsStore(folder)) return $"the store '{folder}'";
        }

        return null;
    }

    // As git itself tells them; that of a linked working tree refers to another one for objects and refs.
    private static bool IsGit(string folder) => File.Exists(Path.Combine(folder, "HEAD")) &&
        (File.Exists(Path.Combine(folder, "commondir")) || (Directory.Exists(Path.Combine(folder, "objects")) && Directory.Exists(Path.Combine(folder, "refs"))));

    private static bool IsStore(string folder)
    {
        var layout = new StoreLayout(folder);
        return File.Exists(layout.Description) && Directory.Exists(layout.Journals);
    }
}
