using System.Text.Json;

namespace Assay.Journals;

/// <summary>The content of a directory artifact: relative paths, sizes and addresses of its files.</summary>
public static class DirectoryManifest
{
    /// <param name="storage">Takes the files.</param>
    /// <param name="files">Relative paths with slashes, and the path of each file.</param>
    public static (byte[] Manifest, long Size) Make(StorageBackend storage, IEnumerable<(string Relative, string Path)> files)
    {
        JsonBuffer json = new JsonBuffer().Raw("{\"files\":["u8);
        long total = 0;
        bool first = true;
        foreach ((string relative, string file) in files)
        {
            using FileStream content = File.OpenRead(file);
            (string sha256, long size, _) = storage.PutArtifact(content);
            total += size;
            if (!first) json.Raw((byte)',');
            first = false;
            json.Raw("{\"path\":"u8).String(relative).Raw(",\"size\":"u8).Integer(size).Raw(",\"sha256\":"u8).String(sha256).Raw((byte)'}');
        }

        return (json.Raw("]}"u8).ToArray(), total);
    }

    /// <summary>The files of a manifest. The paths come from a store: check them before anything is written there.</summary>
    public static IEnumerable<(string Path, string Sha256)> Read(Stream manifest)
    {
        using JsonDocument document = JsonDocument.Parse(manifest);
        foreach (JsonElement file in document.RootElement.GetProperty("files").EnumerateArray())
            yield return (file.GetProperty("path").GetString()!, file.GetProperty("sha256").GetString()!);
    }
}
