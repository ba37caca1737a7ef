using System.Security.Cryptography;

namespace Assay.TestPrograms;

/// <summary>
/// <c>read STORE ROUNDS</c>: reads all runs so often, as another program that looks at results does, and prints after each reading how many
/// there were, and a hash of their table.
/// </summary>
internal static class ReadProgram
{
    public static int Run(string[] args)
    {
        int rounds = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture);
        for (int round = 0; round < rounds; round++)
        {
            Results results = Store.Open(args[0]).LoadAll();
            using var csv = new MemoryStream();
            results.ToTable().Write(csv, TableFormat.Csv);
            Console.WriteLine($"{results.Count} {Convert.ToHexString(SHA256.HashData(csv.ToArray()))}");
        }

        return 0;
    }
}
