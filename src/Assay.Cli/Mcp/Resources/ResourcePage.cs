using System.Text;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Mcp;

/// <summary>The resources of one answer: no more than it may hold, and at least one, so that paging comes to an end.</summary>
internal sealed class ResourcePage
{
    /// <summary>The largest number of resources on a page.</summary>
    public const int Most = 200;

    private const int LongestName = 200;

    // The bytes around the texts of a resource.
    private const int Overhead = 100;

    private readonly List<Resource> _resources = [];
    private int _left = Question.LongestToolAnswer;

    /// <summary>A name for people; the address has all of it.</summary>
    public static string Short(string name) => Words.Cut(name, LongestName);

    public bool TryAdd(Resource resource)
    {
        int size = Overhead + Size(resource.Uri) + Size(resource.Name) + Size(resource.Title) + Size(resource.Description);
        if (_resources.Count > 0 && (_resources.Count >= Most || size > _left)) return false;
        _left -= size;
        _resources.Add(resource);
        return true;
    }

    public ListResourcesResult Result(string? next) => new() { Resources = _resources, NextCursor = next };

    private static int Size(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
