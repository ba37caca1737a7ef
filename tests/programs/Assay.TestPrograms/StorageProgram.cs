using System.Globalization;
using Assay.Storage;

namespace Assay.TestPrograms;

/// <summary>
/// <c>storage append ADDRESS NAME</c> appends numbered lines to a journal and prints <c>ack N</c> for each that is kept;
/// <c>storage artifacts ADDRESS</c> does so with artifacts of a megabyte; <c>storage lease ADDRESS NAME</c> takes a lease, prints
/// <c>taken</c> and holds it. Each goes on until it is killed.
/// </summary>
internal static class StorageProgram
{
    public static int Run(string[] arguments)
    {
        // A line for each scheme that a test of a backend opens; a backend in a package of its own is referred to by this project.
        StoreLocation.Register("folder", address => new FileStorage(address["folder://".Length..]));
        StorageBackend storage = StoreLocation.Open(arguments[1]);
        switch (arguments[0])
        {
            case "append": Append(storage, arguments[2]); break;
            case "artifacts": PutArtifacts(storage); break;
            case "lease": Hold(storage, arguments[2]); break;
            default: throw new ArgumentException($"'{arguments[0]}' is no task; expected append, artifacts or lease.");
        }

        return 0;
    }

    private static void Append(StorageBackend storage, string name)
    {
        using Lease lease = storage.TryTakeLease(name, LeaseKind.Writer, TimeProvider.System, out _)!;
        using JournalAppender journal = storage.CreateJournal(JournalInfo.NameOf(name));
        for (int i = 0; ; i++)
        {
            journal.Append(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"line\":{i}}}\n")));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ack {i}"));
        }
    }

    private static void PutArtifacts(StorageBackend storage)
    {
        byte[] content = new byte[1 << 20];
        for (int i = 1; ; i++)
        {
            BitConverter.TryWriteBytes(content, i);
            storage.PutArtifact(new MemoryStream(content));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ack {i}"));
        }
    }

    private static void Hold(StorageBackend storage, string name)
    {
        using Lease lease = storage.TryTakeLease(name, LeaseKind.Shared, TimeProvider.System, out _)!;
        Console.WriteLine("taken");
        Thread.Sleep(Timeout.Infinite);
    }
}
