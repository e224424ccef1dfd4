import { openDuckDbOnCopies, openDuckDbOnFiles } from './open-duckdb-segments.ts';
import { segmentFilesSuite } from './segment-files-suite.ts';

segmentFilesSuite('DuckDB on files', openDuckDbOnFiles);
segmentFilesSuite('DuckDB on copies of objects', openDuckDbOnCopies);
