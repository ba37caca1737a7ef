using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Assay.Tables.Arrow;

/// <summary>
/// A file mapped for reading. It stays mapped until it is disposed, or the process ends: memory taken from it may be held as a span, which the
/// garbage collector does not see, so collecting the mapping when nobody seems to use it would crash.
/// </summary>
internal sealed unsafe class MappedFile : ArrowSource, IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    private MappedFile(MemoryMappedFile file, long length)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        // Not released before Dispose, which keeps the finaliser of the handle from unmapping.
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
        Length = length;
    }

    public override long Length { get; }

    public static MappedFile Open(string path)
    {
        // Sharing even deletion lets another process put a new file in this one's place.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        MemoryMappedFile? file = null;
        try
        {
            long length = stream.Length;
            if (length == 0) throw Fault(0, "the file is empty");
            file = MemoryMappedFile.CreateFromFile(stream, mapName: null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            return new MappedFile(file, length);
        }
        catch
        {
            file?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_start is null) return;
        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    protected override ReadOnlyMemory<byte> Slice(long offset, int count) => new Part(this, offset, count).Memory;

    /// <summary>A part of the file as memory. It asks the file each time, so that a file that is no longer mapped is an exception and not a crash.</summary>
    private sealed class Part(MappedFile file, long offset, int count) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan()
        {
            ObjectDisposedException.ThrowIf(file._start is null, typeof(MappedTable));
            return new Span<byte>(file._start + offset, count);
        }

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ObjectDisposedException.ThrowIf(file._start is null, typeof(MappedTable));
            return new MemoryHandle(file._start + offset + elementIndex);
        }

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }
}
