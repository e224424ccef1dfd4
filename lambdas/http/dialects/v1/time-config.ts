import { parseGoDuration } from '../../../domain/coercion/go-duration.ts';
import { compileGoLayout } from '../../../domain/coercion/go-layout.ts';
import { shown } from '../../../domain/coercion/misfit.ts';
import { parseRfc3339 } from '../../../domain/coercion/rfc3339.ts';
import type { ReadAs } from '../../../domain/sink.ts';
import type { FieldConfig } from './field-config.ts';

type CountUnit = NonNullable<ReadAs['unit']>;

const units: readonly CountUnit[] = ['d', 'h', 'm', 's', 'ms', 'us', 'ns'];
/** The unit that `CustomUnit` gives; of a dateInt only. */
const customUnit = 'c';
/** Go's names of RFC 3339 with and without fractions: what is read when no layout is given. */
const rfc3339Layouts: readonly unknown[] = ['2006-01-02T15:04:05Z07:00', '2006-01-02T15:04:05.999999999Z07:00'];

/**
 * How a timestamp or the records' time is read (FeatureBase ingester, TimestampField and RecordTimeField). Epoch or Unit
 * given: numbers are counts, of seconds unless Unit says otherwise, and Layout has no effect. Neither: times are text
 * alone, in Layout or RFC 3339.
 * @returns what is wrong, as the end of a sentence
 */
export function readTimeConfig(config: FieldConfig): ReadAs | string {
  const layout = layoutOf(config);
  const epoch = epochOf(config);
  const unit = config.get('unit') || undefined;
  if (typeof layout === 'string') return layout;
  if (typeof epoch === 'string') return epoch;
  if (unit === customUnit) return `Unit ${customUnit} is for fields of type dateInt`;
  if (unit !== undefined && !units.includes(unit as CountUnit)) return `Unit is one of ${units.join(', ')}`;
  if (unit === undefined && epoch.epoch === undefined) return layout;
  return { unit: (unit ?? 's') as CountUnit, ...epoch };
}

/**
 * How a dateInt is read (FeatureBase ingester, DateIntField): its Unit, as a duration, is what the column counts in.
 * @returns what is wrong, as the end of a sentence
 */
export function readDateIntConfig(config: FieldConfig): ReadAs | string {
  const layout = layoutOf(config);
  const epoch = epochOf(config);
  const countedIn = countedInOf(config);
  if (typeof layout === 'string') return layout;
  if (typeof epoch === 'string') return epoch;
  return typeof countedIn === 'string' ? countedIn : { ...countedIn, ...epoch, ...layout };
}

function layoutOf(config: FieldConfig): Pick<ReadAs, 'layout'> | string {
  const layout = config.get('layout') || undefined;
  if (layout === undefined || rfc3339Layouts.includes(layout)) return {};
  if (typeof layout !== 'string') return 'Layout is a Go time layout like 2006-01-02 15:04:05';
  const read = compileGoLayout(layout);
  return typeof read === 'string' ? `Layout ${shown(layout)} is not supported: ${read}` : { layout };
}

function epochOf(config: FieldConfig): Pick<ReadAs, 'epoch'> | string {
  const epoch = config.get('epoch') || undefined;
  if (epoch === undefined) return {};
  return typeof epoch === 'string' && parseRfc3339(epoch) ? { epoch } : 'Epoch is a time like 1970-01-01T00:00:00Z';
}

function countedInOf(config: FieldConfig): { readonly countedIn: string } | string {
  const unit = config.get('unit') || 's';
  const custom = config.get('customunit') || undefined;
  if (unit === customUnit) {
    const nanos = typeof custom === 'string' ? parseGoDuration(custom) : undefined;
    return nanos ? { countedIn: custom as string } : 'Unit c wants a CustomUnit above zero like 15m or 36h';
  }
  if (custom !== undefined) return `CustomUnit is for Unit ${customUnit}`;
  if (!units.includes(unit as CountUnit)) return `Unit is one of ${[...units, customUnit].join(', ')}`;
  return { countedIn: unit === 'd' ? '24h' : `1${unit}` };
}
