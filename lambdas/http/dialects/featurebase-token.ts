import { Problem } from '../../domain/problem.ts';
import type { SignInBody } from '../../generated/request-bodies.ts';
import type { TokenSet } from '../../use-cases/issue-tokens.ts';

/** What the token call asks for. */
export type TokenRequest =
  | { readonly kind: 'sign-in'; readonly username: string; readonly password: string }
  | { readonly kind: 'refresh'; readonly refreshToken: string };

/**
 * Reads the body of the token call: the bare form of the quick start, or Cognito's envelope as FeatureBase's own
 * command line sends it. Its ClientId plays no part.
 * @throws Problem `missing_parameter`; never repeats a value
 */
export function tokenRequestOf(body: SignInBody): TokenRequest {
  const given = { ...body.AuthParameters, ...(body.USERNAME !== undefined && { USERNAME: body.USERNAME }) };
  const password = body.PASSWORD ?? given.PASSWORD;
  const isRefresh =
    body.AuthFlow === undefined ? given.REFRESH_TOKEN !== undefined : body.AuthFlow !== 'USER_PASSWORD_AUTH';
  if (isRefresh) return { kind: 'refresh', refreshToken: required('REFRESH_TOKEN', given.REFRESH_TOKEN) };
  return { kind: 'sign-in', username: required('USERNAME', given.USERNAME), password: required('PASSWORD', password) };
}

/**
 * Cognito's InitiateAuth answer, which FeatureBase passed through. No token is the last key of its object: shell clients
 * cut them out up to `",`.
 */
export function tokenAnswerOf(tokens: TokenSet): object {
  return {
    AuthenticationResult: {
      AccessToken: tokens.accessToken,
      IdToken: tokens.idToken,
      RefreshToken: tokens.refreshToken,
      TokenType: 'Bearer',
      ExpiresIn: tokens.expiresInSeconds,
    },
    ChallengeParameters: {},
  };
}

function required(name: string, value: string | undefined): string {
  if (value) return value;
  throw new Problem('missing_parameter', `${name} is missing: send {"USERNAME":"<email>","PASSWORD":"<password>"}.`, {
    parameter: name,
  });
}
