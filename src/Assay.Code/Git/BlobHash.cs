using System.Security.Cryptography;
using System.Text;

namespace Assay;

/// <summary>The name git gives to the bytes of a file as they are: without filters, line ends or encodings.</summary>
internal static class BlobHash
{
    private const int BlockLength = 1 << 16;

    /// <param name="path">The file.</param>
    /// <param name="hashLength">How many bytes the hashes of the repository have.</param>
    public static string Of(string path, int hashLength)
    {
        using IncrementalHash hash = Start(hashLength);
        // Pipes have no length; opening one would wait for a writer.
        using Stream file = new FileInfo(path).Length == 0 ? Stream.Null : File.OpenRead(path);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {file.Length}\0"));
        byte[] block = new byte[BlockLength];
        while (file.Read(block) is > 0 and var read) hash.AppendData(block.AsSpan(0, read));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The hash a repository goes by.</summary>
    public static IncrementalHash Start(int hashLength) => IncrementalHash.CreateHash(hashLength == SHA1.HashSizeInBytes ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);
}
