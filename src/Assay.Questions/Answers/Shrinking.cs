using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Questions;

/// <summary>
/// Cuts JSON to a length. Types stay what they are: texts get shorter, lists lose their last elements, objects with very many names lose
/// the last of them; what is small stays whole and the large parts share what is left.
/// </summary>
internal sealed class Shrinking
{
    private const int LeastShare = 60;

    private readonly List<string> _cuts;

    private Shrinking(List<string> cuts) => _cuts = cuts;

    /// <summary>Cuts an object or a list in its place to so many bytes, tells each cut, and returns how many it has now.</summary>
    public static int Shrink(JsonNode node, int room, List<string> cuts, string path = "")
    {
        int size = Size(node);
        return size <= room ? size : new Shrinking(cuts).Cut(node, room, path);
    }

    private int Cut(JsonNode node, int room, string path) => node switch
    {
        JsonObject named => CutObject(named, room, path),
        JsonArray list => CutList(list, room, path),
        _ => Size(node),
    };

    private int CutObject(JsonObject named, int room, string path)
    {
        DropNames(named, room, path);
        int left = room - 2 - named.Sum(m => Overhead(m.Key)), remaining = named.Count, size = 2 + named.Sum(m => Overhead(m.Key));
        foreach ((string name, JsonNode? value) in named.OrderBy(m => Size(m.Value)).ToArray())
        {
            int share = Math.Max(LeastShare, left / remaining--), whole = Size(value);
            bool fits = whole <= share || value is null;
            int now = fits ? whole : CutMember(value!, share, shorter => named[name] = shorter, Inner(path, name));
            left -= now;
            size += now;
        }

        return size;
    }

    private int CutList(JsonArray list, int room, string path)
    {
        int size = 2, kept = 0, count = list.Count;
        while (kept < count)
        {
            JsonNode? value = list[kept];
            int whole = Size(value) + 1;
            if (size + whole > room && kept > 0) break;
            int at = kept;
            size += whole <= room - size || value is null
                ? whole
                : 1 + CutMember(value, Math.Max(LeastShare, room - size - 1), shorter => list[at] = shorter, $"{path}[{at}]");
            kept++;
        }

        if (kept < count) _cuts.Add($"{path} has {Words.Number(kept)} of {Words.Count(count, "element")}");
        for (int i = count - 1; i >= kept; i--) list.RemoveAt(i);
        return size;
    }

    private int CutMember(JsonNode value, int room, Action<JsonNode> replace, string path)
    {
        if (value is not JsonValue single) return Cut(value, room, path);
        if (single.GetValueKind() != JsonValueKind.String) return Size(value);
        string text = single.GetValue<string>(), shorter = Text(text, room);
        _cuts.Add($"{path} has {Words.Number(shorter.Length - 1)} of {Words.Count(text.Length, "character")}");
        JsonNode cut = JsonValue.Create(shorter);
        replace(cut);
        return Length(cut);
    }

    // An object of very many names: those that would not fit with the smallest values.
    private void DropNames(JsonObject named, int room, string path)
    {
        int count = named.Count, kept = 0, needed = 2;
        foreach ((string name, _) in named)
        {
            needed += Overhead(name) + LeastShare;
            if (needed > room && kept > 0) break;
            kept++;
        }

        if (kept == count) return;
        _cuts.Add($"{(path.Length > 0 ? path : "the answer")} has {Words.Number(kept)} of {Words.Count(count, "name")}");
        for (int i = count - 1; i >= kept; i--) named.RemoveAt(i);
    }

    private static string Text(string text, int room)
    {
        int length = Math.Min(text.Length, Math.Max(8, room - 8));
        // Escapes and letters beyond ASCII take more bytes than one.
        while (length > 8 && JsonEncodedText.Encode(text.AsSpan(0, length), JsonText.Encoder).EncodedUtf8Bytes.Length > room - 5)
            length = length * 3 / 4;
        if (char.IsHighSurrogate(text[length - 1])) length--;
        return text[..length] + "…";
    }

    private static int Size(JsonNode? node) => node switch
    {
        null => 4,
        JsonObject named => 2 + named.Sum(m => Overhead(m.Key) + Size(m.Value)),
        JsonArray list => 2 + list.Sum(e => 1 + Size(e)),
        _ => Length(node),
    };

    private static int Length(JsonNode value) => Encoding.UTF8.GetByteCount(value.ToJsonString(JsonText.Options));

    private static int Overhead(string name) => 4 + Encoding.UTF8.GetByteCount(name);

    private static string Inner(string path, string name)
    {
        string shown = Words.Cut(name, LeastShare);
        return path.Length == 0 ? shown : $"{path}.{shown}";
    }
}
