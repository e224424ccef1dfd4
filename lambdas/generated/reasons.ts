// Generated from schemas/reasons.json by `npm run generate`.
export const reasons = {
  not_an_object: {"severity":"lost","text":"The record, or its value, is not a JSON object.","hint":"Send {\"value\": {...}} for each record."},
  unknown_operation: {"severity":"lost","text":"The record asks for an operation that does not exist.","hint":"Leave op out to write, or send \"delete\"."},
  path_not_an_object: {"severity":"lost","text":"A step of a mapped path leads into something that is not an object.","hint":"Correct the record, or the path of the mapping."},
  missing_field: {"severity":"lost","text":"A mapped field is missing and the sink does not allow that.","hint":"Send the field, send null to clear it, or set allow_missing_fields."},
  missing_key: {"severity":"lost","text":"A value that names the row is missing, null or empty.","hint":"Every record needs the fields that make up _id."},
  invalid_key: {"severity":"lost","text":"A value that names the row cannot be read as such.","hint":"An id is a whole number from 0; text is a string, number or boolean."},
  key_too_long: {"severity":"lost","text":"The row's key is over 2,048 bytes.","hint":"Shorten the values that make up _id."},
  missing_version: {"severity":"lost","text":"The record has no version, and its table orders records by the versions that producers give them.","hint":"Send the mapped version with every record, deletes included."},
  invalid_version: {"severity":"lost","text":"The record's version cannot be read as such.","hint":"Send a whole number of 64 bits (version: number), or an RFC 3339 time or whole milliseconds since 1970 (version: time)."},
  wrong_type: {"severity":"lost","text":"A value cannot be read as its column's type.","hint":"Send what the column wants, or map another column."},
  out_of_range: {"severity":"lost","text":"A value is outside the range of its column.","hint":"Send a value within the range, or widen the column."},
  batch_discarded: {"severity":"lost","text":"Another record of the request lacks a mapped field, and this sink takes requests whole or not at all.","hint":"Correct the records named by missing_field and send the request again, or let the sink take the others (partial_acceptance)."},
  column_dropped: {"severity":"changed","text":"A value was left out because its column was dropped after the record was accepted.","hint":"If the value matters, add the column again, send the sink its schema once more (PUT .../schema), which maps it onto the new column, and replay."},
  table_gone: {"severity":"lost","text":"The table was deleted before the batch was written.","hint":"Records of a deleted table are kept in the archive."},
  row_too_large: {"severity":"lost","text":"With this record its row would pass 380,000 bytes, so the row stays as it is without it.","hint":"Send less in one row: shorter texts, fewer members of its sets; or clear them, delete the row, and send the record again."},
  write_failed: {"severity":"lost","text":"The batch could not be written after all attempts.","hint":"See the cause on the receipt; redrive the batch once it is mended."},
} as const;
