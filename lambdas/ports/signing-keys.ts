/** The half of a signing key that everybody may have. */
export interface PublicKey {
  readonly kid: string;
  readonly publicJwk: Readonly<Record<string, unknown>>;
}

/** An RSA key pair in JWK form, as `jose` takes it. */
export interface SigningKey extends PublicKey {
  readonly privateJwk: Readonly<Record<string, unknown>>;
}

/** The keys that sign and check tokens. Made at first use, kept secret at rest, the same for every instance. */
export interface SigningKeys {
  current(): Promise<SigningKey>;
  /** All public keys that may still have signed a valid token, of every key that `current` has given. */
  publicKeys(): Promise<readonly PublicKey[]>;
}

/** Where public keys are kept apart from the secrets, so that who checks tokens needs no right to those. */
export interface PublishedKeys {
  /** Durable, and seen by every instance that asks from then on, when the promise resolves. Again is harmless. */
  publish(keys: readonly PublicKey[]): Promise<void>;
  publicKeys(): Promise<readonly PublicKey[]>;
}
