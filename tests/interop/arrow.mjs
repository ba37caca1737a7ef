// Tables through apache-arrow, the implementation of the Arrow project itself; used by table.mjs.
import { readFileSync, writeFileSync } from "node:fs";
import * as arrow from "apache-arrow";

// Times as the whole numbers they are stored as: the package would round them to milliseconds.
function whole(vector) {
  const values = vector.data.flatMap((part) => [...part.values.subarray(0, part.length)]);
  return values.map((value, row) => (vector.isValid(row) ? String(value) : null));
}

function text(vector, type) {
  if (/^(Timestamp|Duration)/.test(type)) return whole(vector);
  return [...vector].map((value) => (value === null || value === undefined ? null : String(value)));
}

export function readArrow(path) {
  const table = arrow.tableFromIPC(readFileSync(path));
  return {
    rows: table.numRows,
    columns: table.schema.fields.map((field, i) => ({ name: field.name, type: String(field.type), values: text(table.getChildAt(i), String(field.type)) })),
  };
}

const rows = [0, 1, 2, 3, 4, 5];

// The third row is null in every column.
const each = (value, type) => arrow.vectorFromArray(rows.map((i) => (i === 2 ? null : value(i))), type);

function types() {
  const field = (name, type) => new arrow.Field(name, type, true);
  const pair = new arrow.Struct([new arrow.Field("key", new arrow.Utf8(), false), field("value", new arrow.Int32())]);
  const inner = new arrow.Struct([field("w", new arrow.Bool())]);
  const struct = new arrow.Struct([field("x", new arrow.Int16()), field("z", new arrow.List(field("item", inner)))]);
  return new arrow.Table({
    null: arrow.vectorFromArray(rows.map(() => null), new arrow.Null()),
    int8: each((i) => -i, new arrow.Int8()),
    uint64: each((i) => (i === 5 ? 18446744073709551615n : BigInt(i)), new arrow.Uint64()),
    float16: each((i) => i / 2, new arrow.Float16()),
    float32: each((i) => i / 2, new arrow.Float32()),
    decimal: each((i) => new Uint32Array([i * 5, 0, 0, 0]), new arrow.Decimal(2, 10)),
    date32: each((i) => new Date(86400000 * i), new arrow.DateDay()),
    date64: each((i) => new Date(86400000 * i), new arrow.DateMillisecond()),
    second: each((i) => i * 1000, new arrow.TimestampSecond()),
    zoned: each((i) => i * 1000, new arrow.TimestampMillisecond("America/New_York")),
    nano: each((i) => i * 1000, new arrow.TimestampNanosecond()),
    time32: each((i) => i, new arrow.TimeSecond()),
    time64: each((i) => BigInt(i) * 100n, new arrow.TimeNanosecond()),
    duration: each((i) => BigInt(i), new arrow.DurationMillisecond()),
    binary: each((i) => new Uint8Array([255, i]), new arrow.Binary()),
    fixed: each(() => new Uint8Array([65, 66, 67]), new arrow.FixedSizeBinary(3)),
    large: each((i) => "ü" + i, new arrow.LargeUtf8()),
    list: each((i) => [i, null], new arrow.List(field("item", new arrow.Int32()))),
    pairs: each((i) => [i, i + 1], new arrow.FixedSizeList(2, field("item", new arrow.Float64()))),
    struct: each((i) => ({ x: i, z: [{ w: i % 2 === 0 }] }), struct),
    map: each((i) => new Map([["k", i]]), new arrow.Map_(new arrow.Field("entries", pair, false))),
    coded: each((i) => "d" + (i % 2), new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())),
    numbers: each((i) => (i % 2) + 0.5, new arrow.Dictionary(new arrow.Float64(), new arrow.Uint16())),
  });
}

/** Batches whose dictionary grows from one to the next. */
function growing() {
  const builder = arrow.makeBuilder({ type: new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), nullValues: [null] });
  const parts = [["a", "b", null], ["b", "c"], ["d", "a"]].map((values) => {
    for (const value of values) builder.append(value);
    return builder.flush();
  });
  return new arrow.Table({ label: new arrow.Vector(parts) });
}

/** Batches with a dictionary each, where a stream tells the reader to forget the one before. */
function replaced() {
  const writer = new arrow.RecordBatchStreamWriter();
  for (const values of [["a", "b", "a"], ["x", "y", null]]) {
    const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), 7);
    for (const batch of new arrow.Table({ label: arrow.vectorFromArray(values, type) }).batches) writer.write(batch);
  }
  return writer.finish().toUint8Array(true);
}

export function writeArrow(kind, format, path) {
  if (kind === "replaced") writeFileSync(path, replaced());
  else writeFileSync(path, arrow.tableToIPC({ types, growing }[kind](), format === "ipc" ? "file" : "stream"));
}
