import { answerFault } from './api-contract.ts';
import { expectStatus, type FieldItem, type HeadgateApi } from './headgate-api.ts';
import { waitUntil } from './wait-until.ts';

export interface QuarantinedAnswer {
  readonly id: string;
  readonly receipt_id: string;
  readonly position: number;
  readonly reason: string;
  readonly pointer: string;
  readonly mapping_revision: number;
  readonly accepted_at: string;
  readonly record: unknown;
  readonly edited?: unknown;
  /** After an edit. */
  readonly accepted?: boolean;
}

export interface ArchivedAnswer {
  readonly id: string;
  readonly receipt_id: string;
  readonly records: number;
  readonly bytes: number;
  readonly accepted_at: string;
  readonly mapping_revisions: readonly number[];
}

export interface ReplayAnswer {
  readonly id: string;
  readonly state: 'running' | 'completed' | 'cancelled' | 'failed';
  readonly cause?: string;
  readonly batches: number;
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly written: number;
  readonly superseded: number;
}

interface Page<T> {
  readonly resources: readonly T[];
  readonly next?: string;
}

/** What is kept of a sink's records, in calls whose every answer is held against the OpenAPI document. */
export interface StoredRecordsApi {
  /** Any call: throws unless the answer has this status and is as the document says. */
  call<T = unknown>(operation: string, status: number, method: string, path: string, body?: unknown): Promise<T>;
  quarantine(sinkId: string, query?: string): Promise<Page<QuarantinedAnswer>>;
  /** Waits until a sink has so many records in quarantine. */
  quarantined(sinkId: string, count: number): Promise<readonly QuarantinedAnswer[]>;
  /** @param record null goes back to what came */
  edit(sinkId: string, id: string, record: object | null): Promise<QuarantinedAnswer>;
  archive(sinkId: string, query?: string): Promise<Page<ArchivedAnswer>>;
  /** A replay from its start to its end. */
  replay(sinkId: string, request: object): Promise<ReplayAnswer>;
  /** What a replay would do. */
  tryReplay(sinkId: string, request: object): Promise<Record<string, unknown>>;
  /** Gives a sink a new mapping, whose fields may be missing. */
  remap(sinkId: string, definition: readonly FieldItem[]): Promise<void>;
}

/** Milliseconds that a replay may take, on AWS with a minute to its schedule's next call. */
const replayMsMax = 120_000;

export function storedRecordsOf(api: HeadgateApi): StoredRecordsApi {
  async function send<T>(operation: string, method: string, path: string, body?: unknown) {
    const answer = await api.request<T>(method, path, body === undefined ? {} : { body });
    const fault = answerFault(operation, answer.status, answer.body);
    if (fault !== '') throw new Error(`${method} ${path}: ${fault}\n${answer.text}`);
    return answer;
  }
  const call: StoredRecordsApi['call'] = async <T>(
    operation: string,
    status: number,
    method: string,
    path: string,
    body?: unknown,
  ) => expectStatus(await send<T>(operation, method, path, body), status).body;

  const stored: StoredRecordsApi = {
    call,
    quarantine: (sinkId, query = '') => call('listQuarantine', 200, 'GET', `/v2/sinks/${sinkId}/quarantine${query}`),
    quarantined: (sinkId, count) =>
      waitUntil(`${count} records of sink ${sinkId} are in quarantine`, async () => {
        const { resources } = await stored.quarantine(sinkId);
        return resources.length === count ? resources : undefined;
      }),
    edit: (sinkId, id, record) =>
      call('editQuarantined', 200, 'PUT', `/v2/sinks/${sinkId}/quarantine/${id}`, { record }),
    archive: (sinkId, query = '') => call('listArchive', 200, 'GET', `/v2/sinks/${sinkId}/archive${query}`),
    async replay(sinkId, request) {
      const { body: begun } = await send<ReplayAnswer>('createReplay', 'POST', `/v2/sinks/${sinkId}/replays`, request);
      const path = `/v2/sinks/${sinkId}/replays/${begun.id}`;
      const ended = async () => {
        const replay = await call<ReplayAnswer>('getReplay', 200, 'GET', path);
        return replay.state === 'running' ? undefined : replay;
      };
      return waitUntil(`replay ${begun.id} has ended`, ended, replayMsMax);
    },
    tryReplay: (sinkId, request) =>
      call('createReplay', 200, 'POST', `/v2/sinks/${sinkId}/replays`, { ...request, dry_run: true }),
    async remap(sinkId, definition) {
      const schema = { id_field: '_id', allow_missing_fields: true, definition };
      await call('putSinkSchema', 200, 'PUT', `/v2/sinks/${sinkId}/schema`, schema);
    },
  };
  return stored;
}
