import { mayDo } from '../../../domain/access.ts';
import type { ArchiveId, QuarantineId, ReplayId, SinkId } from '../../../domain/ids.ts';
import { exactJson } from '../../../domain/json/exact-json.ts';
import type { QuarantineEntry } from '../../../domain/quarantine.ts';
import { isV2EditQuarantinedBody, isV2SinkSchemaBody } from '../../../generated/request-validators.js';
import { changeSinkSchema } from '../../../use-cases/change-sink-schema.ts';
import { editQuarantined } from '../../../use-cases/edit-quarantined.ts';
import { assertOwnSink } from '../../../use-cases/own-sink.ts';
import { getArchivedBody, listArchive } from '../../../use-cases/read-archive.ts';
import { discardQuarantined, getQuarantined, listQuarantined } from '../../../use-cases/read-quarantine.ts';
import { cancelReplay, getReplay, listReplays } from '../../../use-cases/read-replays.ts';
import { prettyAnswer, textAnswer } from '../../answer.ts';
import { preconditionOf } from '../../etag.ts';
import type { ControlPorts } from '../../handler-ports.ts';
import { type Operation, type OperationRequest, paramOf } from '../../operation.ts';
import { readBody } from '../../request-body.ts';
import { pageAfterOf, pageLimitOf } from '../page-limit.ts';
import { quarantinedPlaceView, quarantineFilterOf, quarantineView } from './quarantine.ts';
import { archiveView, replayView } from './replay.ts';
import { schemaRequestOf } from './sink.ts';

type StoredRecordsName =
  | 'listQuarantine'
  | 'getQuarantined'
  | 'editQuarantined'
  | 'discardQuarantined'
  | 'listArchive'
  | 'getArchivedBody'
  | 'listReplays'
  | 'getReplay'
  | 'cancelReplay'
  | 'putSinkSchema';

/**
 * What is kept of a sink's records, and how it goes on: quarantine, archive, replays, and the schema under which a replay
 * reads them. The replay itself is an operation of the data plane.
 */
export function storedRecordsOperations(
  ports: ControlPorts,
  showSink: Operation,
): Readonly<Record<StoredRecordsName, Operation>> {
  return {
    putSinkSchema: async (request) => {
      const schema = schemaRequestOf(readBody(isV2SinkSchemaBody, request.body));
      const place = { ...sinkOf(request), precondition: preconditionOf(request) };
      await changeSinkSchema(ports, request.caller, { ...place, ...schema });
      return showSink(request);
    },
    listQuarantine: async (request) => {
      const page = { limit: pageLimitOf(request), ...pageAfterOf<QuarantineId>(request) };
      const asked = { filter: quarantineFilterOf(request), ...page };
      await assertOwnSink(ports, request.caller, sinkOf(request).sinkId);
      const { entries, next } = await listQuarantined(ports, request.caller, { ...sinkOf(request), ...asked });
      return prettyAnswer(200, { resources: entries.map(quarantineView), ...(next && { next }) });
    },
    getQuarantined: async (request) =>
      prettyAnswer(200, quarantineView(await getQuarantined(ports, request.caller, entryOf(request)))),
    editQuarantined: async (request) => {
      const { record } = readBody(isV2EditQuarantinedBody, request.body);
      const text = record === null ? undefined : exactJson(record);
      const { entry, isAccepted } = await editQuarantined(ports, request.caller, entryOf(request), text);
      return prettyAnswer(200, { accepted: isAccepted, ...changedView(request, entry) });
    },
    discardQuarantined: async (request) =>
      prettyAnswer(200, changedView(request, await discardQuarantined(ports, request.caller, entryOf(request)))),
    listArchive: async (request) => {
      const place = { ...sinkOf(request), limit: pageLimitOf(request), ...pageAfterOf<ArchiveId>(request) };
      await assertOwnSink(ports, request.caller, place.sinkId);
      const { entries, next } = await listArchive(ports, request.caller, place);
      return prettyAnswer(200, { resources: entries.map(archiveView), ...(next && { next }) });
    },
    getArchivedBody: async (request) => {
      const id = paramOf<ArchiveId>(request, 'entry_id');
      return textAnswer(200, await getArchivedBody(ports, request.caller, { ...sinkOf(request), id }));
    },
    listReplays: async (request) => {
      const place = { ...sinkOf(request), limit: pageLimitOf(request), ...pageAfterOf<ReplayId>(request) };
      await assertOwnSink(ports, request.caller, place.sinkId);
      const { replays, next } = await listReplays(ports, request.caller, place);
      return prettyAnswer(200, { resources: replays.map(replayView), ...(next && { next }) });
    },
    getReplay: async (request) =>
      prettyAnswer(200, replayView(await getReplay(ports, request.caller, replayOf(request)))),
    cancelReplay: async (request) =>
      prettyAnswer(200, replayView(await cancelReplay(ports, request.caller, replayOf(request)))),
  };
}

/** What a change answers; the record itself only to those who may read it. */
function changedView({ caller }: OperationRequest, entry: QuarantineEntry): object {
  return mayDo(caller, 'query') ? quarantineView(entry) : quarantinedPlaceView(entry);
}

function sinkOf(request: OperationRequest) {
  return { sinkId: paramOf<SinkId>(request, 'sink_id') };
}

function entryOf(request: OperationRequest) {
  return { ...sinkOf(request), id: paramOf<QuarantineId>(request, 'entry_id') };
}

function replayOf(request: OperationRequest) {
  return { ...sinkOf(request), replayId: paramOf<ReplayId>(request, 'replay_id') };
}
