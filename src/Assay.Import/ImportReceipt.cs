using System.Text.Json;

namespace Assay.Import;

/// <summary>
/// A member <c>imported</c> in the metadata of an imported run: where the run is from, and a digest by which it is recognised.
/// </summary>
/// <param name="From">The system: exprag or metalab.</param>
/// <param name="RunId">The run's id there.</param>
/// <param name="Digest">The hash of all that the source had of the run.</param>
/// <param name="Status">How the run ended, as the user said at the import; null when nothing was said.</param>
internal sealed record ImportReceipt(string From, string RunId, string Digest, string? Status)
{
    public static ImportReceipt? Find(IReadOnlyDictionary<string, object?> metadata)
    {
        foreach (IReadOnlyDictionary<string, object?> named in metadata.Values.OfType<IReadOnlyDictionary<string, object?>>())
        {
            if (named.GetValueOrDefault("from") is string from && named.GetValueOrDefault("run_id") is string id
                && named.GetValueOrDefault("digest") is string digest)
                return new ImportReceipt(from, id, digest, named.GetValueOrDefault("status_told") as string);
        }

        return null;
    }

    /// <summary>Whether this is what was imported before; without a status here, any will do.</summary>
    public bool IsSameAs(ImportReceipt before) => Digest == before.Digest && (Status is null || Status == before.Status);

    /// <summary>Writes the metadata of the run with this in it, under a name that the run's own do not have.</summary>
    /// <param name="value">Receives the member <c>metadata</c>.</param>
    /// <param name="own">The run's metadata; what is no object becomes the member <c>value</c>.</param>
    /// <param name="more">Writes further members of the receipt.</param>
    public void Write(ObjectWriter value, JsonElement? own, Action<ObjectWriter> more)
    {
        using ObjectWriter metadata = value.Object("metadata");
        string name = "imported";
        if (own is { ValueKind: JsonValueKind.Object } members)
        {
            metadata.All(members.EnumerateObject());
            while (ForeignJson.TryMember(members, name, out _)) name += "_";
        }
        else
        {
            metadata.Value("value", own);
        }

        using ObjectWriter receipt = metadata.Object(name);
        receipt.Text("from", From).Text("run_id", RunId).Text("digest", Digest).Text("status_told", Status);
        more(receipt);
    }
}
