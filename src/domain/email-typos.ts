/** Suggests a correction for addresses that are well formed but very likely wrong: `anna@gmial.com`. Never refuses one. */

/** Providers that many customers use, with the endings under which they exist. */
const PROVIDERS: Record<string, string> = {
  gmail: 'com',
  googlemail: 'com',
  hotmail: 'com fr de it es co.uk be nl ch ca',
  outlook: 'com fr de it es be ch at ie',
  live: 'com fr de it co.uk be nl ca ch at ie',
  msn: 'com',
  yahoo: 'com fr de it es co.uk ie ca co.jp com.br com.mx com.ar',
  ymail: 'com',
  icloud: 'com',
  aol: 'com de fr it es co.uk',
  protonmail: 'com ch',
  proton: 'me',
  orange: 'fr es be ch',
  wanadoo: 'fr es',
  laposte: 'net',
  free: 'fr',
  sfr: 'fr',
  gmx: 'de net at ch fr com es it',
  web: 'de',
  't-online': 'de',
  freenet: 'de',
  libero: 'it',
  virgilio: 'it',
  tiscali: 'it',
  alice: 'it',
  telefonica: 'net',
  bluewin: 'ch',
  btinternet: 'com',
}

/** More providers of mailboxes, which nobody mistypes often enough to be suggested. */
const MORE_PROVIDERS = [
  ...[
    'me.com',
    'mac.com',
    'pm.me',
    'gmx.li',
    'email.it',
    'inbox.lv',
    'mail.com',
    'email.com',
    'fastmail.com',
    'hey.com',
  ],
  ...[
    'zoho.com',
    'tutanota.com',
    'tuta.io',
    'posteo.de',
    'mailbox.org',
    'yandex.com',
    'yandex.ru',
    'mail.ru',
    'qq.com',
  ],
  ...['163.com', '126.com', 'rediffmail.com', 'comcast.net', 'verizon.net', 'att.net', 'rocketmail.com', 'neuf.fr'],
  ...[
    'bbox.fr',
    'numericable.fr',
    'arcor.de',
    'online.de',
    'aon.at',
    'chello.at',
    'hispeed.ch',
    'sunrise.ch',
    'tin.it',
  ],
  ...['hotmail.com.br', 'seznam.cz', 'wp.pl', 'o2.pl', 'interia.pl', 'ziggo.nl', 'skynet.be', 'telenet.be', 'sky.com'],
]

/** Returns whether a domain belongs to a provider that gives mailboxes to everybody. @param domain lower case */
export const isMailboxProvider = (domain: string): boolean =>
  MORE_PROVIDERS.includes(domain) ||
  Object.entries(PROVIDERS).some(([name, endings]) =>
    endings.split(' ').some((ending) => domain === `${name}.${ending}`),
  )

/** Domain names that exist although they are one typing error away from a provider. */
const REAL = ['mail', 'email', 'ymail', 'fmail', 'libera', 'alive', 'grange', 'range', 'outlooks']

/** Endings that don't exist, and the one that was probably meant. */
const ENDINGS: Record<string, string> = {
  con: 'com',
  cim: 'com',
  cpm: 'com',
  vom: 'com',
  xom: 'com',
  comm: 'com',
  coom: 'com',
  ocm: 'com',
  cmo: 'com',
  nte: 'net',
  ner: 'net',
  nett: 'net',
  ogr: 'org',
  orgg: 'org',
  rog: 'org',
  frr: 'fr',
  dee: 'de',
  itt: 'it',
  ess: 'es',
}

/** Shorter names are one typing error away from too many others. */
const MIN_NAME_CHARS = 5

/** Returns what an address probably should be; undefined when nothing looks wrong. */
export function likelyAddress(address: string): string | undefined {
  const at = address.lastIndexOf('@')
  const domain = likelyDomain(address.slice(at + 1).toLowerCase())
  return at > 0 && domain ? `${address.slice(0, at)}@${domain}` : undefined
}

function likelyDomain(typed: string): string | undefined {
  const dot = typed.indexOf('.')
  const [name, ending] = [typed.slice(0, dot), withEnding(typed.slice(dot + 1))]
  if (endingsOf(name).includes(ending)) return changed(`${name}.${ending}`, typed)
  if (name in PROVIDERS) return changed(`${name}.${closest(ending, endingsOf(name)) ?? ending}`, typed)
  const provider = name.length < MIN_NAME_CHARS - 1 || REAL.includes(name) ? undefined : nearProvider(name, ending)
  return changed(`${provider ?? name}.${ending}`, typed)
}

const changed = (likely: string, typed: string): string | undefined => (likely === typed ? undefined : likely)

const endingsOf = (name: string): string[] => (Object.hasOwn(PROVIDERS, name) ? (PROVIDERS[name] ?? '').split(' ') : [])

/** Corrects the last part of an ending: `co.uk` stays, `con` → `com`. */
function withEnding(ending: string): string {
  const parts = ending.split('.')
  const last = parts.pop() ?? ''
  return [...parts, Object.hasOwn(ENDINGS, last) ? ENDINGS[last] : last].join('.')
}

const nearProvider = (name: string, ending: string): string | undefined =>
  closest(
    name,
    Object.keys(PROVIDERS).filter((name) => name.length >= MIN_NAME_CHARS && endingsOf(name).includes(ending)),
  )

/** Returns the candidate that is one typing error away, if there is exactly one. */
function closest(typed: string, candidates: string[]): string | undefined {
  const near = candidates.filter((candidate) => isOneTypoApart(typed, candidate))
  return near.length === 1 ? near[0] : undefined
}

/** Returns whether two texts differ by one letter left out, added or changed, or by two neighbours swapped. */
function isOneTypoApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  const [x, y] = [a.slice(start), b.slice(start)]
  if (x.length !== y.length) return x.slice(1) === y || y.slice(1) === x
  return x.slice(1) === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2))
}
