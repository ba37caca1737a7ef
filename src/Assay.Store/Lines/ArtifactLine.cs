using System.Text.Json;

namespace Assay.Journals;

/// <summary>The values of <c>artifact</c> lines.</summary>
public static class ArtifactLine
{
    /// <summary>Data of up to this number of bytes as JSON is in the journal; larger data is an artifact.</summary>
    public const int InlineLimit = 16 << 10;

    /// <summary>Writes the value of a line for an artifact.</summary>
    /// <param name="line">What is written to.</param>
    /// <param name="info">The artifact.</param>
    /// <param name="metadata">Its metadata as JSON; null for none.</param>
    public static void Write(JsonBuffer line, ArtifactInfo info, JsonBuffer? metadata)
    {
        line.Raw("{\"name\":"u8).String(info.Name).Raw(",\"kind\":"u8).String(info.Kind).Raw(",\"format\":"u8).String(info.Format)
            .Raw(",\"size\":"u8).Integer(info.Size).Raw(",\"sha256\":"u8).String(info.Sha256);
        if (metadata is not null) line.Raw(",\"metadata\":"u8).Raw(metadata.Written);
        line.Raw((byte)'}');
    }

    /// <summary>Writes the value of a line for structured data.</summary>
    /// <param name="line">What is written to.</param>
    /// <param name="name">The name of the data.</param>
    /// <param name="json">The data as JSON.</param>
    /// <param name="dtype">The type of the elements of an array; null for anything else.</param>
    /// <param name="shape">The lengths of an array; null for anything else.</param>
    /// <param name="sha256">The address of the data; null when it is in the line itself.</param>
    public static void WriteData(JsonBuffer line, string name, byte[] json, string? dtype, int[]? shape, string? sha256)
    {
        line.Raw("{\"name\":"u8).String(name).Raw(",\"kind\":\"data\",\"format\":\"json\",\"size\":"u8).Integer(json.Length);
        if (dtype is not null)
        {
            line.Raw(",\"dtype\":"u8).String(dtype).Raw(",\"shape\":["u8);
            line.Separated(shape!, length => line.Integer(length)).Raw((byte)']');
        }

        if (sha256 is null) line.Raw(",\"data\":"u8).Raw(json).Raw((byte)'}');
        else line.Raw(",\"sha256\":"u8).String(sha256).Raw((byte)'}');
    }

    internal static void Check(JsonElement value)
    {
        LineFields.Require(value, "name", JsonValueKind.String);
        LineFields.Require(value, "kind", JsonValueKind.String);
        LineFields.RequireInteger(value, "size");
        if (value.TryGetProperty("data", out _)) return;
        if (ArtifactAddress.TryParse(LineFields.Require(value, "sha256", JsonValueKind.String).GetString()) is null)
            throw new JsonException("expected 64 lower-case hexadecimal digits in 'sha256'");
    }
}

/// <summary>The content of a directory artifact: relative paths, sizes and addresses of its files.</summary>
public static class DirectoryManifest
{
    /// <param name="storage">Takes the files.</param>
    /// <param name="files">Relative paths with slashes, and the path of each file.</param>
    public static (byte[] Manifest, long Size) Make(StorageBackend storage, IEnumerable<(string Relative, string Path)> files)
    {
        JsonBuffer json = new JsonBuffer().Raw("{\"files\":["u8);
        long total = 0;
        json.Separated(files, file =>
        {
            using FileStream content = File.OpenRead(file.Path);
            (string sha256, long size, _) = storage.PutArtifact(content);
            total += size;
            json.Raw("{\"path\":"u8).String(file.Relative).Raw(",\"size\":"u8).Integer(size);
            json.Raw(",\"sha256\":"u8).String(sha256).Raw((byte)'}');
        });

        return (json.Raw("]}"u8).ToArray(), total);
    }

    /// <summary>The files of a manifest. The paths come from a store: check them before anything is written there.</summary>
    public static IEnumerable<(string Path, string Sha256)> Read(Stream manifest)
    {
        using JsonDocument document = JsonDocument.Parse(manifest);
        foreach (JsonElement file in document.RootElement.GetProperty("files").EnumerateArray())
            yield return (file.GetProperty("path").GetString()!, file.GetProperty("sha256").GetString()!);
    }

    /// <summary>The addresses of the files of a recorded folder; null where its list cannot be read.</summary>
    internal static ArtifactAddress[]? TryRead(StorageBackend storage, ArtifactAddress folder)
    {
        try
        {
            using Stream manifest = storage.ReadArtifact(folder.ToString());
            return [.. Read(manifest).Select(file => ArtifactAddress.TryParse(file.Sha256)).OfType<ArtifactAddress>()];
        }
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault) || fault is StoreException or JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            return null;
        }
    }
}
