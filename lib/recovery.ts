/**
 * Days that the catalog can be restored to, to the second. Where files are kept as versions, deleted ones stay as long: a
 * restored catalog must find the segments that it names.
 */
export const recoveryDays = 7;
