using System.Text.Json.Serialization;

namespace Assay.Questions;

/// <summary>The types of the answers of this assembly, for JSON without reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(object))]
[JsonSerializable(typeof(ExperimentList))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(RunDetails))]
[JsonSerializable(typeof(BestReport))]
[JsonSerializable(typeof(CompareReport))]
[JsonSerializable(typeof(HistoryReport))]
[JsonSerializable(typeof(SeriesReport))]
[JsonSerializable(typeof(PathsReport))]
[JsonSerializable(typeof(SelectReport))]
[JsonSerializable(typeof(TailReport))]
[JsonSerializable(typeof(TailLine))]
[JsonSerializable(typeof(CodeDiffReport))]
[JsonSerializable(typeof(CodeCheckoutReport))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(WhyReport))]
[JsonSerializable(typeof(ExportReport))]
[JsonSerializable(typeof(TablePage))]
[JsonSerializable(typeof(SavedArtifacts))]
[JsonSerializable(typeof(ArtifactPage))]
[JsonSerializable(typeof(NoteReport))]
[JsonSerializable(typeof(TagReport))]
[JsonSerializable(typeof(RemovalReport))]
[JsonSerializable(typeof(RestoreReport))]
[JsonSerializable(typeof(CleanupReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(StoreOverview))]
internal sealed partial class QuestionJson : JsonSerializerContext;
