namespace Assay.Tests;

/// <summary>A store in a folder of its own, and options that use it quietly.</summary>
internal sealed class TestStore : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>The store's folder; there is nothing there before the first run.</summary>
    public string Path => _folder.File("store");

    /// <summary>The folder around the store.</summary>
    public string Around => _folder.Path;

    public RunOptions Options => OptionsFor(Path);

    public static RunOptions OptionsFor(string store) => new()
    {
        Store = store,
        Parallel = 2,
        Progress = ProgressMode.None,
        HandleSignals = false,
        StopWhenFirstFail = null,
    };

    public string File(params string[] parts) => _folder.File(parts);

    /// <summary>Everything in the store, read afresh.</summary>
    public Results Load() => Store.Open(Path).LoadAll(earlier: true);

    public void Dispose() => _folder.Dispose();
}
