import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the embedded host keeps what, below its data folder. */
export interface EmbeddedPaths {
  /** Catalog, queue, versions: `headgate.db`. */
  readonly main: string;
  /** One SQLite file a table. */
  readonly rows: string;
  readonly objects: string;
  /** Emptied at each start. */
  readonly temporary: string;
}

/** The paths below `directory`, made if need be. */
export function embeddedPaths(directory: string): EmbeddedPaths {
  const paths = {
    main: directory,
    rows: join(directory, 'rows'),
    objects: join(directory, 'objects'),
    temporary: join(directory, 'temporary'),
  };
  for (const path of Object.values(paths)) mkdirSync(path, { recursive: true, mode: 0o700 });
  return paths;
}
