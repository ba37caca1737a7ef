using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace Assay.Analysis.Figures;

/// <summary>Figures as files of pictures.</summary>
internal static partial class PictureFile
{
    private const float PixelsPerInch = 96;

    public static byte[] Png(Figure figure) => WithLibrary(() =>
    {
        Figure.CheckSize(figure.Width, figure.Height, figure.Dpi);
        float scale = figure.Dpi / PixelsPerInch;
        var size = new SKImageInfo((int)Math.Round(figure.Width * scale), (int)Math.Round(figure.Height * scale));
        using SKSurface surface = SKSurface.Create(size);
        surface.Canvas.Scale(scale);
        Draw(figure, surface.Canvas, scale);
        using SKImage image = surface.Snapshot();
        using SKData content = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return content.ToArray();
    });

    public static string Svg(Figure figure) => WithLibrary(() =>
    {
        Figure.CheckSize(figure.Width, figure.Height, figure.Dpi);
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, figure.Width, figure.Height), stream)) Draw(figure, canvas, scale: 1);
        return Finished(figure, Encoding.UTF8.GetString(stream.ToArray()));
    });

    private static void Draw(Figure figure, SKCanvas canvas, float scale)
    {
        using PictureText text = PictureText.Open(canvas, figure.Theme);
        new Picture(ShownFigure.Of(figure), canvas, text, scale).Draw();
    }

    // Scales with the page, says what it shows, and names its parts so that several pictures can stand in one page: the library numbers
    // them over all pictures of a process.
    private static string Finished(Figure figure, string svg)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match name in PartName().Matches(svg)) names.TryAdd(name.Value, $"part{names.Count}");
        svg = PartName().Replace(svg, name => names[name.Value]);
        string id = "f" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(svg)))[..8] + "_";
        int end = svg.IndexOf('>', svg.IndexOf("<svg", StringComparison.Ordinal));
        string size = string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $" viewBox=\"0 0 {figure.Width} {figure.Height}\" role=\"img\">");
        string title = figure.Title is null ? "" : $"\n\t<title>{System.Net.WebUtility.HtmlEncode(Printable(figure.Title))}</title>";
        string body = PartName().Replace(svg[(end + 1)..], name => id + name.Value);
        return svg[..end] + size + title + body;
    }

    [GeneratedRegex("""(?<=\bid="|url\(#|href="#)([a-z]+_[0-9a-f]+|part[0-9]+)(?=[")])""")]
    private static partial Regex PartName();

    // XML cannot hold control characters, however they are written.
    private static string Printable(string text) =>
        string.Concat(text.Where(c => !char.IsControl(c) && c < '\uFFFE' && !char.IsSurrogate(c)));

    private static T WithLibrary<T>(Func<T> draw)
    {
        try
        {
            return draw();
        }
        catch (Exception e) when (e is DllNotFoundException || e is TypeInitializationException { InnerException: DllNotFoundException })
        {
            throw new AssayException("PNG and SVG are drawn by a native library, libSkiaSharp, that this program does not carry for this "
                + "platform. Save the figure as .html, which needs no library.", e);
        }
    }
}
