namespace Assay.Tests.Index;

/// <summary>
/// What can happen to the files of an index, by chance with a fixed seed. Files are replaced rather than changed in place: somebody may
/// have them mapped.
/// </summary>
internal sealed class IndexTrouble(string store, int seed)
{
    private readonly Random _random = new(seed);
    private byte[]? _old;

    private string Folder => Path.Combine(store, "index", "runs");

    public string[] Files =>
        Directory.Exists(Folder)
            ? [.. Directory.GetFiles(Folder).Where(f => !f.EndsWith("lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
            : [];

    public void Happen()
    {
        string[] files = Files;
        if (files.Length == 0) return;
        string file = files[_random.Next(files.Length)];
        string state = Path.Combine(Folder, "state.json");
        switch (_random.Next(7))
        {
            case 0: Directory.Delete(Path.Combine(store, "index"), recursive: true); break;
            case 1: File.Delete(file); break;
            case 2: Replace(file, bytes => bytes[.._random.Next(bytes.Length)]); break;
            case 3: Replace(file, bytes => [.. bytes, 0]); break;
            case 4 when _old is not null: File.WriteAllBytes(state, _old); break;
            case 5: _old = File.Exists(state) ? File.ReadAllBytes(state) : null; break;
            default: Flip(file, _random); break;
        }
    }

    public static void Flip(string file, Random random) => Replace(file, bytes =>
    {
        if (bytes.Length > 0) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    });

    public static void Replace(string file, Func<byte[], byte[]> change) => Write(file, change(File.ReadAllBytes(file)));

    public static void Write(string file, byte[] bytes)
    {
        File.Delete(file);
        File.WriteAllBytes(file, bytes);
    }
}
