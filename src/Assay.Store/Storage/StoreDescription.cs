using System.Text;
using System.Text.Json;

namespace Assay;

/// <summary>The <c>store.json</c> of a store: its format. Journals stay readable without it; it guards against older programs writing into newer stores.</summary>
internal static class StoreDescription
{
    public const int Format = 1;

    /// <summary>Checks an existing store.</summary>
    /// <exception cref="StoreException">There is none, it is unreadable, or it is of a newer format.</exception>
    public static void Check(StoreLayout layout)
    {
        if (File.Exists(layout.Root)) throw StoreFaults.IsFile(layout.Root, layout.Root);
        if (!File.Exists(layout.Description)) throw StoreFaults.Missing(layout.Root);
        int format = Read(layout.Description);
        if (format > Format) throw StoreFaults.Newer(layout.Root, format, Format);
    }

    /// <summary>Creates the store unless it is there, and checks it.</summary>
    /// <exception cref="StoreException">It cannot be created, is unreadable, or is of a newer format.</exception>
    public static void Ensure(StoreLayout layout, TimeProvider clock)
    {
        if (FileInTheWay(layout.Root) is { } file) throw StoreFaults.IsFile(layout.Root, file);
        if (!File.Exists(layout.Description)) Create(layout, clock);
        Check(layout);
    }

    private static string? FileInTheWay(string path)
    {
        for (string? part = path; part is not null && !Directory.Exists(part); part = Path.GetDirectoryName(part))
        {
            if (File.Exists(part)) return part;
        }

        return null;
    }

    private static void Create(StoreLayout layout, TimeProvider clock)
    {
        string json = new JsonBuffer().Raw("{\"format\":"u8).Integer(Format)
            .Raw(",\"created_by\":"u8).String("assay " + AssayVersion.Text)
            .Raw(",\"created_at\":"u8).Time(clock.GetUtcNow()).Raw("}\n"u8).ToString();
        try
        {
            bool isOurs = !Directory.Exists(layout.Root) || !Directory.EnumerateFileSystemEntries(layout.Root).Any();
            Directory.CreateDirectory(layout.Journals);
            AtomicFile.Write(layout.Description, Encoding.UTF8.GetBytes(json));
            if (isOurs) IgnoreInGit(layout);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.CannotWrite(layout.Root, fault);
        }
    }

    // Results are data, not source: without this file a store in a repository would make every tree look changed. Only in a folder made for the store:
    // in one with other files it would hide them too.
    private static void IgnoreInGit(StoreLayout layout)
    {
        string ignore = Path.Combine(layout.Root, ".gitignore");
        if (!File.Exists(ignore)) File.WriteAllText(ignore, "*\n");
    }

    /// <summary>The format a description names.</summary>
    /// <exception cref="StoreException">It is unreadable.</exception>
    public static int Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.GetProperty("format").GetInt32();
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw StoreFaults.Unreadable(path, fault.Message);
        }
    }
}
