namespace Assay.Import;

/// <summary>Stands in the metadata of an imported run as <c>imported</c>: where it is from, and a digest by which it is known again.</summary>
/// <param name="From">The system: exprag or metalab.</param>
/// <param name="RunId">The run's id there.</param>
/// <param name="Digest">Of all that the source had of the run.</param>
/// <param name="Status">How the run ended as the user told at the import; null when nothing was told.</param>
internal sealed record ImportReceipt(string From, string RunId, string Digest, string? Status)
{
    public const string Name = "imported";

    public static ImportReceipt? Find(IReadOnlyDictionary<string, object?> metadata)
    {
        foreach (object? value in metadata.Values)
        {
            if (value is IReadOnlyDictionary<string, object?> named && named.GetValueOrDefault("from") is string from && named.GetValueOrDefault("run_id") is string id && named.GetValueOrDefault("digest") is string digest)
                return new ImportReceipt(from, id, digest, named.GetValueOrDefault("status_told") as string);
        }

        return null;
    }

    /// <summary>Whether what was imported then is this; where nothing is told of the end, any end will do.</summary>
    public bool IsSameAs(ImportReceipt before) => Digest == before.Digest && (Status is null || Status == before.Status);

    /// <summary>The metadata of the run with this in it, under a name that the run's own do not have.</summary>
    /// <param name="json">Gets the object.</param>
    /// <param name="own">The run's metadata; whatever is no object stands under <c>value</c>.</param>
    /// <param name="more">Writes further members of the receipt, each with a comma before it.</param>
    public void Write(JsonBuffer json, System.Text.Json.JsonElement? own, Action<JsonBuffer> more)
    {
        json.Raw((byte)'{');
        bool first = true;
        string name = Name;
        if (own is { ValueKind: System.Text.Json.JsonValueKind.Object } members)
        {
            ForeignJson.Members(json, members.EnumerateObject(), ref first);
            while (ForeignJson.TryMember(members, name, out _)) name += "_";
        }
        else if (own is { } value)
        {
            json.Raw("\"value\":"u8).Raw(ForeignJson.Raw(value));
            first = false;
        }

        if (!first) json.Raw((byte)',');
        json.Key(name).Raw("{\"from\":"u8).String(From).Raw(",\"run_id\":"u8).String(RunId).Raw(",\"digest\":"u8).String(Digest);
        if (Status is not null) json.Raw(",\"status_told\":"u8).String(Status);
        more(json);
        json.Raw("}}"u8);
    }
}
