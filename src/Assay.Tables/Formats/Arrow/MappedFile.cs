using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Tables;

/// <summary>A file of less than 2 GB mapped into memory, of which only the parts in use are read.</summary>
/// <remarks>
/// The file stays mapped until it is disposed, or the process ends: memory taken from it may be held as a span, which the garbage collector
/// does not see. After <see cref="Dispose()"/>, memory taken from it throws <see cref="ObjectDisposedException"/>; a span that was taken
/// before must not be touched, or the process crashes. Safe to read from several threads at once.
/// </remarks>
public sealed unsafe class MappedFile : MemoryManager<byte>
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _length;
    private byte* _start;

    private MappedFile(MemoryMappedFile file, int length)
    {
        (_file, _length) = (file, length);
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        // Not released before Dispose, which keeps the finaliser of the handle from unmapping.
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    /// <summary>Maps a file. Another process may put a new file in its place meanwhile, but must not change or cut this one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TableException">The file is empty, or has 2 GB or more.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MappedFile Open(string path)
    {
        // Sharing even deletion lets another process put a new file in this one's place.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        MemoryMappedFile? file = null;
        try
        {
            long length = stream.Length;
            if (length == 0) throw TableException.At(0, "The file is empty.");
            if (length > int.MaxValue)
                throw TableException.At(0, $"The file has {length} bytes, but at most {int.MaxValue} can be mapped; load it, or split it.");
            file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, false);
            return new MappedFile(file, (int)length);
        }
        catch
        {
            file?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Bytes as numbers, where they lie.</summary>
    /// <typeparam name="T">A number; bytes left over at the end are left out.</typeparam>
    public static ReadOnlyMemory<T> Cast<T>(ReadOnlyMemory<byte> bytes) where T : unmanaged => new CastMemory<T>(bytes).Memory;

    /// <summary>Unmaps the file.</summary>
    public void Dispose() => Dispose(disposing: true);

    /// <inheritdoc/>
    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_start is null, typeof(MappedTable));
        return new Span<byte>(_start, _length);
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_start is null, typeof(MappedTable));
        return new MemoryHandle(_start + elementIndex);
    }

    /// <inheritdoc/>
    public override void Unpin() { }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_start is null) return;
        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private sealed class CastMemory<T>(ReadOnlyMemory<byte> bytes) : MemoryManager<T> where T : unmanaged
    {
        public override Span<T> GetSpan() => MemoryMarshal.Cast<byte, T>(MemoryMarshal.AsMemory(bytes).Span);

        public override MemoryHandle Pin(int elementIndex = 0) => bytes[(elementIndex * Unsafe.SizeOf<T>())..].Pin();

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }
}
