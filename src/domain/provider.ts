/** Lists what can carry mails, and the limits of each: plain facts, on which callers decide. */

export type ProviderKind = 'smtp' | 'resend' | 'postmark' | 'sendgrid' | 'mailgun' | 'ses' | 'brevo' | 'cloudflare'

export interface ProviderFacts {
  /**
   * Most bytes of a mail. Compared with the stored MIME, whose files are base64 in lines: never less than what the provider counts, which is
   * the mail after base64.
   */
  maxBytes: number
  /** Most bytes of one file before base64, where a single file has a limit of its own. */
  maxFileBytes?: number
  /** An `unknown` mail may be repeated at once with the same delivery id and the same bytes: the provider sends it once. */
  idempotent: boolean
  /** How long the provider remembers a key. Absent where there are no keys. */
  keyLastsMs?: number
  /** Mails in one call; 1 where there is no call for several. */
  batch: number
  /**
   * Mails that may be made and claimed at once: those on the wire, since each is unknown if the process dies; more where a repeat is safe,
   * or where one call carries several.
   */
  inFlight: number
  /** Calls that the provider takes a second. Absent where it publishes no number. */
  perSecond?: number
  /** Regions to choose from, the default first; empty if the provider has only one. */
  regions: readonly string[]
  /** Selectors under which the keys of its customers' domains are published. Absent where each domain has its own. */
  dkimSelectors?: readonly string[]
}

const MB = 1_000_000
const MINUTE_MS = 60_000

/** Cautious wherever documentation and practice disagree. */
export const PROVIDERS: Record<ProviderKind, ProviderFacts> = {
  smtp: { maxBytes: 10 * 1024 * 1024, idempotent: false, batch: 1, inFlight: 4, regions: [] },
  resend: {
    ...{ maxBytes: 40 * MB, idempotent: true, keyLastsMs: 24 * 60 * MINUTE_MS, batch: 1, inFlight: 50, regions: [] },
    // Its reference says 5 today and said 2 before.
    perSecond: 2,
    dkimSelectors: ['resend'],
  },
  postmark: { maxBytes: 10 * MB, idempotent: false, batch: 500, inFlight: 50, regions: [] },
  sendgrid: {
    ...{ maxBytes: 30 * MB, idempotent: false, batch: 1, inFlight: 4, regions: ['global', 'eu'] },
    dkimSelectors: ['s1'],
  },
  mailgun: { maxBytes: 25 * MB, idempotent: false, batch: 1, inFlight: 4, regions: ['us', 'eu'] },
  ses: {
    ...{ maxBytes: 40 * MB, idempotent: false, batch: 1, inFlight: 4 },
    // Of an account in its sandbox; AWS raises it on request.
    perSecond: 1,
    regions: [
      ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1', 'af-south-1'],
      ...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
      ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1'],
      ...[
        'ap-southeast-2',
        'ap-southeast-3',
        'ap-southeast-5',
        'ca-west-1',
        'il-central-1',
        'me-central-1',
        'me-south-1',
      ],
    ],
  },
  brevo: {
    ...{ maxBytes: 20 * MB, maxFileBytes: 4 * MB, idempotent: true, batch: 1, inFlight: 50, regions: [] },
    // An older changelog says 15 minutes, the reference 30.
    keyLastsMs: 15 * MINUTE_MS,
    dkimSelectors: ['brevo1', 'mail'],
  },
  cloudflare: { maxBytes: 5 * 1024 * 1024, idempotent: false, batch: 1, inFlight: 4, regions: [] },
}

/** Returns where the provider's API lives, without a slash at the end. A region that is not one of the provider's counts as its first. */
export function providerUrl(kind: HttpProviderKind, region = ''): string {
  const [first = ''] = PROVIDERS[kind].regions
  return URLS[kind](PROVIDERS[kind].regions.includes(region) ? region : first)
}

/** Those that are called over HTTP. */
export type HttpProviderKind = Exclude<ProviderKind, 'smtp' | 'cloudflare'>

const URLS: Record<HttpProviderKind, (region: string) => string> = {
  resend: () => 'https://api.resend.com',
  postmark: () => 'https://api.postmarkapp.com',
  sendgrid: (region) => (region === 'eu' ? 'https://api.eu.sendgrid.com' : 'https://api.sendgrid.com'),
  mailgun: (region) => (region === 'eu' ? 'https://api.eu.mailgun.net' : 'https://api.mailgun.net'),
  ses: (region) => `https://email.${region}.amazonaws.com`,
  brevo: () => 'https://api.brevo.com',
}
