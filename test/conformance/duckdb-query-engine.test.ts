import { openDuckDbOnCopies, openDuckDbOnFiles } from './open-duckdb-segments.ts';
import { queryEngineSuite } from './query-engine-suite.ts';

queryEngineSuite('DuckDB on files', openDuckDbOnFiles);
queryEngineSuite('DuckDB on copies of objects', openDuckDbOnCopies);
