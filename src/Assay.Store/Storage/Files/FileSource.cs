using Microsoft.Win32.SafeHandles;

namespace Assay.Storage;

/// <summary>A journal in a file, for reading. Writers and other readers are not held off.</summary>
internal sealed class FileSource(string path) : JournalSource
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public override long Length => RandomAccess.GetLength(_handle);

    public override int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_handle, buffer, offset);

    protected override void Dispose(bool disposing) => _handle.Dispose();
}
