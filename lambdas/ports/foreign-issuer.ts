/** Who somebody is, as an issuer of tokens says that is not ours. That they belong here is for us to say. */
export interface ForeignIdentity {
  readonly issuer: string;
  /** The issuer's name for them, which it gives to nobody else. */
  readonly subject: string;
  /** Lower-cased. The issuer may give it to somebody else later. */
  readonly email?: string;
  /** Whether the issuer vouches that the address is theirs. */
  readonly isEmailVerified: boolean;
}

/** Which tokens of an external issuer are trusted. */
export interface IssuerSettings {
  /** Exactly as the tokens' `iss` says it. */
  readonly issuer: string;
  /** `aud` must hold one of these: what the issuer calls us. */
  readonly audiences: readonly string[];
  /** For whom the token was made (`azp`, or `client_id`, or `appid`), if only some clients are trusted. */
  readonly clientIds?: readonly string[];
}

/** The one external issuer (OpenID Connect) that is trusted. */
export interface ForeignIssuer {
  /**
   * @returns undefined for a token that does not claim to be of this issuer
   * @throws Problem `unauthorized` for one that claims it and is not good, or not for us; `unavailable` with
   *   `retry_after_seconds` where it cannot be checked, because the issuer's keys are not to be had
   */
  verify(token: string): Promise<ForeignIdentity | undefined>;
}
