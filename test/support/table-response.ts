/** The answer of a query in the /v1 shape and of `/v2/databases/{id}/query`: a gRPC TableResponse as JSON. */
export interface TableResponse {
  readonly results: {
    readonly headers: readonly { readonly name: string; readonly datatype: string }[];
    readonly rows: readonly { readonly columns: readonly { readonly ColumnVal: ColumnValue | null }[] }[];
    readonly duration: number;
  };
}

type ColumnValue = Readonly<Record<string, unknown>>;

/** One row per object, by header name; decimals as numbers, arrays as arrays, null cells as null. */
export function tableRows(response: TableResponse): Record<string, unknown>[] {
  const { headers, rows } = response.results;
  return rows.map(({ columns }) => {
    if (columns.length !== headers.length) throw new Error(`${columns.length} cells under ${headers.length} headers`);
    return Object.fromEntries(columns.map((column, i) => [headers[i]!.name, cellValue(column.ColumnVal)]));
  });
}

function cellValue(cell: ColumnValue | null): unknown {
  if (cell === null) return null;
  const entries = Object.entries(cell);
  if (entries.length !== 1) throw new Error(`a cell has one value: ${JSON.stringify(cell)}`);
  const [kind, value] = entries[0]!;
  if (kind === 'DecimalVal') {
    // Zero parts are left out of the original's JSON.
    const { value: digits = 0, scale = 0 } = value as { value?: number; scale?: number };
    return digits / 10 ** scale;
  }
  if (kind.endsWith('ArrayVal')) return (value as { vals?: unknown[] }).vals ?? [];
  return value;
}
