/** Makes the DNS records that a sender domain needs, and judges those that were found. */

export type RecordKind = 'dkim' | 'spf' | 'dmarc'
export type RecordState =
  | 'found'
  | 'missing'
  /** There, but not as it should be; `seen` is what it says. */
  | 'wrong'
  /** DNS did not answer. */
  | 'unreachable'

/** One record as the latest check found it. */
export interface CheckedRecord {
  kind: RecordKind
  /** The whole name: `_dmarc.shop.example`. */
  name: string
  state: RecordState
  /** At most `MAX_SEEN` characters; several records are separated by line breaks. */
  seen: string
}

/** What a look-up of TXT records returned: the texts, none, or undefined where DNS did not answer. */
export type Texts = readonly string[] | undefined

export const MAX_SEEN = 1_000

export const dkimName = (selector: string, domain: string): string => `${selector}._domainkey.${domain}`

export const dkimText = (publicKey: string): string => `v=DKIM1; k=rsa; p=${publicKey}`

/** What a domain without a DMARC record is advised to publish: large receivers ask for one, and this one refuses nothing. */
export const DMARC_TEXT = 'v=DMARC1; p=none'

/** Most names that are asked for a DMARC record. */
const MAX_DMARC_NAMES = 5

/** Returns the names under which a domain's DMARC record may be, the nearest first: its own, and those of the domains above it. */
export function dmarcNames(domain: string): string[] {
  const labels = domain.split('.')
  const names = labels.slice(0, -1).map((_, index) => `_dmarc.${labels.slice(index).join('.')}`)
  return names.length > MAX_DMARC_NAMES ? [names[0] ?? '', ...names.slice(1 - MAX_DMARC_NAMES)] : names
}

/** Judges the record of a key (RFC 6376, 3.6.1). Several records under one name leave it open which counts, so none does. */
export function judgeDkim(name: string, texts: Texts, publicKey: string): CheckedRecord {
  const base = { kind: 'dkim' as const, name }
  if (!texts) return { ...base, state: 'unreachable', seen: '' }
  const keys = texts.filter((text) => tagsOf(text).has('p'))
  if (keys.length === 0 && texts.length === 0) return { ...base, state: 'missing', seen: '' }
  const [only = ''] = keys
  const isOurs = keys.length === 1 && signsFor(tagsOf(only), publicKey)
  return { ...base, state: isOurs ? 'found' : 'wrong', seen: isOurs ? '' : seenOf(texts) }
}

/** Returns whether a key record lets this key sign mails: hash, service and key fit, and the domain is not just testing. */
function signsFor(tags: Map<string, string>, publicKey: string): boolean {
  const allows = (tag: string, value: string) => {
    const listed = tags.get(tag)
    return listed === undefined || listed.split(':').some((one) => ['*', value].includes(one.trim().toLowerCase()))
  }
  return (
    (tags.get('v') ?? 'DKIM1') === 'DKIM1' &&
    (tags.get('k') ?? 'rsa') === 'rsa' &&
    tags.get('p')?.replace(/\s+/g, '') === publicKey &&
    allows('h', 'sha256') &&
    allows('s', 'email') &&
    !(tags.get('t') ?? '').split(':').some((flag) => flag.trim().toLowerCase() === 'y')
  )
}

/** Judges a key's record where the key itself is not known: whether there is one that is not withdrawn. */
export const judgeAnyDkim = (texts: Texts): RecordState => {
  if (!texts) return 'unreachable'
  return texts.some((text) => tagsOf(text).get('p')) ? 'found' : 'missing'
}

/** Judges the SPF record (RFC 7208, 4.5). @param include what it should include; '' = it need only be there */
export function judgeSpf(domain: string, texts: Texts, include: string): CheckedRecord {
  const base = { kind: 'spf' as const, name: domain }
  if (!texts) return { ...base, state: 'unreachable', seen: '' }
  const records = texts.filter((text) => /^v=spf1(?: |$)/i.test(text))
  if (records.length === 0) return { ...base, state: 'missing', seen: '' }
  const terms = (records[0] ?? '').toLowerCase().split(/ +/)
  const wanted = `include:${include.toLowerCase()}`
  const includes = include === '' || terms.some((term) => term === wanted || term === `+${wanted}`)
  return { ...base, state: records.length === 1 && includes ? 'found' : 'wrong', seen: seenOf(records) }
}

/** Returns the SPF record that a domain should have: the one it has, with our servers allowed, before what says that all others are not. */
export function spfText({ seen }: Pick<CheckedRecord, 'seen'>, include: string): string {
  const [only = '', ...others] = seen.split('\n')
  const wanted = `include:${include}`
  if (only === '' || others.length > 0) return `v=spf1 ${wanted} ~all`
  const terms = only.split(/ +/)
  if (terms.includes(wanted)) return only
  const end = terms.findIndex((term) => /^(?:[+?~-]?all$|redirect=)/i.test(term))
  return terms.toSpliced(end === -1 ? terms.length : end, 0, wanted).join(' ')
}

/** Judges the DMARC records under the names of `dmarcNames`: the nearest name that has one counts (RFC 7489, 6.6.3). */
export function judgeDmarc(found: readonly { name: string; texts: Texts }[]): CheckedRecord {
  const base = { kind: 'dmarc' as const, name: found[0]?.name ?? '' }
  for (const { name, texts } of found) {
    if (!texts) return { ...base, state: 'unreachable', seen: '' }
    const records = texts.filter((text) => /^v\s*=\s*DMARC1\s*(?:;|$)/.test(text))
    if (records.length === 0) continue
    const policy =
      tagsOf(records[0] ?? '')
        .get('p')
        ?.toLowerCase() ?? ''
    const isValid = records.length === 1 && ['none', 'quarantine', 'reject'].includes(policy)
    return { ...base, name, state: isValid ? 'found' : 'wrong', seen: seenOf(records) }
  }
  return { ...base, state: 'missing', seen: '' }
}

/** Reads a tag list: `v=DKIM1; k=rsa` (RFC 6376, 3.2). */
function tagsOf(text: string): Map<string, string> {
  const tags = text.split(';').map((tag) => {
    const at = tag.indexOf('=')
    return at === -1 ? ([tag.trim(), ''] as const) : ([tag.slice(0, at).trim(), tag.slice(at + 1).trim()] as const)
  })
  return new Map(tags)
}

const seenOf = (texts: readonly string[]): string =>
  texts
    .map((text) => text.replace(/\p{Cc}/gu, ' '))
    .join('\n')
    .slice(0, MAX_SEEN)
