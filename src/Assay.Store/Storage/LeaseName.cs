using System.Security.Cryptography;
using System.Text;

namespace Assay.Storage;

/// <summary>The names of leases. A writer's lease has the name of its journal without the ending.</summary>
public static class LeaseName
{
    /// <summary>Held by the one process that restores removed runs or frees what they hold.</summary>
    public const string Cleaning = "cleaning";

    /// <summary>Held by the one process that coordinates an experiment.</summary>
    public static string Plan(string experiment, string version) =>
        "plan-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{experiment}\n{version}")))[..16];

    /// <summary>Whether a lease is that of a writer; the others are shared.</summary>
    public static bool IsWriter(string name) =>
        !name.StartsWith("plan-", StringComparison.Ordinal) && !name.StartsWith(Cleaning, StringComparison.Ordinal);
}
