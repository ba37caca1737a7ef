using System.Runtime.CompilerServices;
using Xunit;

namespace Assay.Testing;

/// <summary>
/// Compares rendered text with <c>Approved/NAME.approved.txt</c> beside the test's source file. A missing or differing
/// file fails the test and leaves <c>NAME.received.txt</c> next to it; the approved file is never written here.
/// </summary>
public static class Approved
{
    public static void Matches(string name, string actual, [CallerFilePath] string source = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(source)!, "Approved");
        string approved = Path.Combine(folder, name + ".approved.txt");
        string received = Path.Combine(folder, name + ".received.txt");
        string normalised = actual.ReplaceLineEndings("\n");
        string? expected = File.Exists(approved) ? File.ReadAllText(approved) : null;
        if (expected == normalised) return;

        Directory.CreateDirectory(folder);
        File.WriteAllText(received, normalised);
        Assert.Fail($"{name}: the text differs from {approved}; compare it with {received} and copy it over if it is right.\n" +
                    $"--- approved\n{expected ?? "(no such file)"}\n--- received\n{normalised}");
    }
}
