import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { normalAddress } from '../../domain/naming/email-address.ts';
import { Problem } from '../../domain/problem.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ForeignIdentity, ForeignIssuer, IssuerSettings } from '../../ports/foreign-issuer.ts';
import { failurePauseMs, IssuerUnreachable, makeIssuerKeys } from './issuer-keys.ts';
import { trustedUrl } from './trusted-url.ts';

export interface OidcIssuerParts {
  readonly clock: Clock;
  /** See `IssuerKeysParts`. */
  readonly timeoutMs?: number;
}

/** Signatures with a key that is the issuer's alone; `none` and those with a shared secret are no proof of anything. */
const algorithms = ['RS256', 'ES256', 'PS256'];
/** Seconds by which the issuer's clock may be ahead of or behind ours. */
const clockToleranceSeconds = 30;
/** Milliseconds that a checked token is not checked again: a key that the issuer takes back counts no longer than that. */
const checkedMsMax = 600_000;
/** Checked tokens kept, of some KB each. */
const checkedTokensMax = 2_000;
/** Characters of a subject (OpenID Connect Core 1.0, section 2). */
const subjectLengthMax = 255;

/**
 * An issuer that publishes its keys by OpenID Connect Discovery, as Cognito, Entra and Keycloak do.
 * @throws Error for an issuer that is no https URL, and none on this machine
 */
export function makeOidcIssuer(settings: IssuerSettings, { clock, ...parts }: OidcIssuerParts): ForeignIssuer {
  const issuer = trustedUrl(settings.issuer);
  const keyFor = makeIssuerKeys({ issuer, clock, ...parts });
  const checked = new Map<string, { readonly identity: ForeignIdentity; readonly untilMs: number }>();

  async function check(token: string): Promise<{ identity: ForeignIdentity; untilMs: number }> {
    const now = clock.now();
    const { payload } = await jwtVerify(token, keyFor, {
      issuer,
      audience: [...settings.audiences],
      algorithms,
      currentDate: new Date(now),
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'sub', 'aud'],
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });
    assertForUs(payload, settings);
    return { identity: identityOf(issuer, payload), untilMs: Math.min(payload.exp! * 1_000, now + checkedMsMax) };
  }

  return {
    async verify(token) {
      if (issuerOf(token) !== issuer) return undefined;
      const known = checked.get(token);
      checked.delete(token);
      const found = known && known.untilMs > clock.now() ? known : await check(token);
      // Put back as the newest: the one that goes when there are too many is the one unused for longest.
      if (checked.size >= checkedTokensMax) checked.delete(checked.keys().next().value!);
      checked.set(token, found);
      return found.identity;
    },
  };
}

/** What a token says of itself, believed of nobody yet. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

function assertForUs(payload: JWTPayload, { clientIds }: IssuerSettings): void {
  const client = payload['azp'] ?? payload['client_id'] ?? payload['appid'];
  if (clientIds && !clientIds.includes(client as string))
    throw new Problem('unauthorized', 'The token was made for a client that is not trusted here.');
  // A logout token has the same issuer, audience and subject, and says that somebody has gone.
  if (payload['events'] !== undefined) throw new Problem('unauthorized', 'The token is none that opens calls.');
  const sub: unknown = payload.sub;
  if (typeof sub !== 'string' || sub === '' || sub.length > subjectLengthMax)
    throw new Problem('unauthorized', 'The token has no usable subject.');
}

function identityOf(issuer: string, payload: JWTPayload): ForeignIdentity {
  const email = payload['email'];
  const vouched = payload['email_verified'] ?? payload['xms_edov'];
  return {
    issuer,
    subject: payload.sub!,
    ...(typeof email === 'string' && { email: normalAddress(email) }),
    isEmailVerified: [true, 'true', 1, '1'].includes(vouched as boolean),
  };
}

function refusalOf(error: unknown): Problem {
  if (error instanceof IssuerUnreachable)
    return new Problem(
      'unavailable',
      'The issuer of the token cannot be asked for its keys at the moment; try again.',
      {
        retry_after_seconds: failurePauseMs / 1_000,
      },
    );
  if (error instanceof errors.JWTExpired) return new Problem('unauthorized', 'The token has expired; get a new one.');
  const claim = error instanceof errors.JWTClaimValidationFailed ? error.claim : undefined;
  if (claim === 'nbf') return new Problem('unauthorized', 'The token is not good yet.');
  if (claim === 'aud')
    return new Problem('unauthorized', 'The token was made for somebody else: its audience is not ours.');
  // Whatever else: a key that does not fit, an algorithm that is no proof, a form that is none.
  return new Problem('unauthorized', 'The token is not one that its issuer signed.');
}
