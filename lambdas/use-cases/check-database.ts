import { shown } from '../domain/coercion/misfit.ts';
import type { Database, SqlDialect } from '../domain/database.ts';
import { databaseNameProblem } from '../domain/naming/names.ts';
import { Problem } from '../domain/problem.ts';
import { isShape, shapeForms } from '../domain/shapes.ts';
import { checkName } from './check-name.ts';

/** What a client chooses of a database, as it was sent. */
export interface DatabaseRequest {
  readonly name: unknown;
  /** Any of the original's; there are no machines to size. */
  readonly shape?: unknown;
  readonly sqlDialect?: unknown;
}

/**
 * @param usual what stands where the request says nothing
 * @throws Problem that names what cannot be
 */
export function checkDatabase(
  { name, shape, sqlDialect }: DatabaseRequest,
  usual: Pick<Database, 'shape' | 'sqlDialect'>,
): Pick<Database, 'name' | 'shape' | 'sqlDialect'> {
  checkName('database', name, databaseNameProblem);
  return {
    name,
    shape: checkShape(shape ?? usual.shape, usual.shape),
    sqlDialect: checkSqlDialect(sqlDialect ?? usual.sqlDialect),
  };
}

/** @param standing is taken as it is: databases of before shapes were looked at may have any */
function checkShape(shape: unknown, standing: string): string {
  if (typeof shape === 'string' && (shape === standing || isShape(shape))) return shape;
  throw new Problem('invalid_parameter', `The shape is one of ${shapeForms}; not ${shown(shape)}.`, {
    parameter: 'shape',
  });
}

function checkSqlDialect(dialect: unknown): SqlDialect {
  if (dialect === 'featurebase' || dialect === 'duckdb') return dialect;
  throw new Problem('invalid_parameter', `The SQL dialect is featurebase or duckdb, not ${shown(dialect)}.`, {
    parameter: 'sql_dialect',
  });
}
