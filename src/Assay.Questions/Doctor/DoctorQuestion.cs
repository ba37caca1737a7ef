namespace Assay.Questions;

internal sealed class DoctorQuestion : Question<DoctorReport>
{
    public override CommandText Command { get; } = new(
        "doctor", "Check every journal and artifact, and say what is damaged and where; changes nothing",
        "assay doctor", "assay doctor --store results/.assay", "assay doctor --json");

    public override Answer Ask(QuestionCall call)
    {
        StorageBackend storage = StoreLocation.Open(call.StorePath);
        var report = DoctorReport.Of(storage.Address, StoreCheck.Run(storage, call.Clock));
        return new Answer(report) { IsNegative = !report.Healthy };
    }

    protected override void Write(DoctorReport report, Page page) => DoctorText.Write(report, page);
}
