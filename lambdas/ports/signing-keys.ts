/** An RSA key pair in JWK form, as `jose` takes it. */
export interface SigningKey {
  readonly kid: string;
  readonly privateJwk: Readonly<Record<string, unknown>>;
  readonly publicJwk: Readonly<Record<string, unknown>>;
}

/** The keys that sign and check tokens. Made at first use, kept secret at rest, the same for every instance. */
export interface SigningKeys {
  current(): Promise<SigningKey>;
  /** All public keys that may still have signed a valid token, the current one included. */
  publicKeys(): Promise<readonly { readonly kid: string; readonly publicJwk: Readonly<Record<string, unknown>> }[]>;
}
