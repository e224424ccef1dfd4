import type { APIGatewayProxyEvent } from 'aws-lambda';
import { headerOf } from './header.ts';

/** A host name or address with an optional port: nothing that could break out of a URL. */
const hostForm = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/;

/**
 * Where clients reach us, without a slash at the end: the configured address, or the one that this request came to. A
 * REST API's stage (and a base path) is what `requestContext.path` has before the path.
 */
export function publicUrlOf(event: APIGatewayProxyEvent, configured: string | undefined): string {
  if (configured !== undefined) return configured.replace(/\/+$/, '');
  const host = headerOf(event, 'host');
  if (host === undefined || !hostForm.test(host)) return '';
  const protocol =
    headerOf(event, 'x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase() === 'https' ? 'https' : 'http';
  return `${protocol}://${host}${stagePrefix(event)}`;
}

function stagePrefix({ path, requestContext }: APIGatewayProxyEvent): string {
  const whole = requestContext?.path ?? path;
  return whole.endsWith(path) ? whole.slice(0, whole.length - path.length) : '';
}
