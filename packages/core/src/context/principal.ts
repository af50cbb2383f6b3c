/** Who calls, as an authenticator found out; anonymous callers have none. */
export class Principal {
  /** Who vouches for this identity. */
  readonly issuer: string;
  /** Who it is, among those the issuer knows. */
  readonly subject: string;
  /** The program that calls on the subject's behalf. */
  readonly clientId: string | undefined;
  readonly scopes: readonly string[];
  readonly tenant: string | undefined;
  /** What else the issuer said. No token is in here. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** The one thing records are bound to, partitioned or limited by: same key, same caller. */
  readonly key: string;

  constructor(of: {
    issuer: string;
    subject: string;
    clientId?: string;
    scopes?: readonly string[];
    tenant?: string;
    claims?: Readonly<Record<string, unknown>>;
  }) {
    this.issuer = of.issuer;
    this.subject = of.subject;
    this.clientId = of.clientId;
    this.scopes = of.scopes ?? [];
    this.tenant = of.tenant;
    this.claims = of.claims ?? {};
    this.key = JSON.stringify([of.issuer, of.tenant ?? null, of.subject, of.clientId ?? null]);
  }
}
