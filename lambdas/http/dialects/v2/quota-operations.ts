import type { SinkId } from '../../../domain/ids.ts';
import { productLimits } from '../../../domain/product-limits.ts';
import { isV2QuotaBody } from '../../../generated/request-validators.js';
import { clearQuota, setQuota } from '../../../use-cases/change-quota.ts';
import { getQuota, type QuotaAt, type QuotaPlace } from '../../../use-cases/get-quota.ts';
import { prettyAnswer } from '../../answer.ts';
import { preconditionOf, withEtag } from '../../etag.ts';
import type { ControlPorts } from '../../handler-ports.ts';
import { type Operation, type OperationRequest, paramOf } from '../../operation.ts';
import { readBody } from '../../request-body.ts';
import { quotaRequestOf, quotaView } from './quota.ts';

type Verb = 'get' | 'put' | 'delete';
type QuotaOperations = Readonly<Record<`${Verb}SinkQuota` | `${Verb}Quota` | 'getLimits', Operation>>;

/** The quotas of a sink and of the caller's tenant, and the limits that nobody can change. */
export function quotaOperations(ports: ControlPorts): QuotaOperations {
  const sink = quotaOf(ports, (request) => ({ sinkId: paramOf<SinkId>(request, 'sink_id') }));
  const tenant = quotaOf(ports, () => ({}));
  return {
    getSinkQuota: sink.get,
    putSinkQuota: sink.put,
    deleteSinkQuota: sink.delete,
    getQuota: tenant.get,
    putQuota: tenant.put,
    deleteQuota: tenant.delete,
    getLimits: async () => prettyAnswer(200, { limits: productLimits }),
  };
}

function quotaOf(
  ports: ControlPorts,
  placeOf: (request: OperationRequest) => QuotaPlace,
): Readonly<Record<Verb, Operation>> {
  const shown = ({ quota, revision }: QuotaAt) => withEtag(prettyAnswer(200, quotaView(quota)), revision);
  return {
    get: async (request) => shown(await getQuota(ports, request.caller, placeOf(request))),
    put: async (request) => {
      const asked = quotaRequestOf(readBody(isV2QuotaBody, request.body));
      const place = { ...placeOf(request), precondition: preconditionOf(request) };
      return shown(await setQuota(ports, request.caller, { ...place, ...asked }));
    },
    delete: async (request) => {
      const place = { ...placeOf(request), precondition: preconditionOf(request) };
      return shown(await clearQuota(ports, request.caller, place));
    },
  };
}
