/** Looks records up by DNS over HTTPS, in the JSON form that public resolvers share. */
import * as v from 'valibot'

export type TxtAnswer =
  /** Each record's strings joined, as RFC 6376 and 7208 read them. */
  | { type: 'records'; records: string[] }
  /** The name does not exist, or has no such record. */
  | { type: 'none' }
  /** Nothing is known: no response, or one that can't be read, or the domain's own servers did not answer. */
  | { type: 'failed' }

export interface DnsResolver {
  /** Never throws. */
  txt(name: string): Promise<TxtAnswer>
  /** Returns a host's IPv4 and IPv6 addresses; undefined if that is not known for both. Never throws. */
  addresses(name: string): Promise<string[] | undefined>
}

export interface DnsOptions {
  fetch?: typeof fetch
  timeoutMs?: number
}

const TIMEOUT_MS = 4_000
const MAX_ANSWER_BYTES = 64 * 1024
const MAX_ALIASES = 8
const FAILED: TxtAnswer = { type: 'failed' }

const Answer = v.object({
  Status: v.number(),
  Answer: v.optional(v.array(v.looseObject({ name: v.string(), type: v.number(), data: v.string() })), []),
})
type AnswerRecord = v.InferOutput<typeof Answer>['Answer'][number]

const TYPES = { A: 1, CNAME: 5, TXT: 16, AAAA: 28 } as const
type Type = 'A' | 'AAAA' | 'TXT'
/** Response codes (RFC 1035, RFC 2308). */
const [NO_ERROR, NX_DOMAIN] = [0, 3]

/** Returns a resolver. @param url of the resolver, as https://cloudflare-dns.com/dns-query */
export function dnsOverHttps(
  url: string,
  { fetch: send = fetch, timeoutMs = TIMEOUT_MS }: DnsOptions = {},
): DnsResolver {
  /** Returns the data of a name's records; undefined if nothing is known. */
  const look = async (name: string, type: Type): Promise<string[] | undefined> => {
    try {
      const question = new URL(url)
      question.searchParams.set('name', name)
      question.searchParams.set('type', type)
      const headers = { accept: 'application/dns-json', 'user-agent': 'Facteur' }
      const signal = AbortSignal.timeout(timeoutMs)
      const body = await readAll(await send(question.href, { headers, redirect: 'manual', signal }), signal)
      return body === undefined ? undefined : recordsIn(body, name, type)
    } catch {
      return undefined
    }
  }
  return {
    async txt(name) {
      const records = await look(name, 'TXT')
      if (!records) return FAILED
      return records.length === 0 ? { type: 'none' } : { type: 'records', records: records.map(textOf) }
    },
    async addresses(name) {
      const [four, six] = await Promise.all([look(name, 'A'), look(name, 'AAAA')])
      return four && six && [...four, ...six]
    },
  }
}

/** Returns the data of a name's records of one type. Undefined for an answer that says nothing. */
function recordsIn(body: string, name: string, type: Type): string[] | undefined {
  const { Status, Answer: answers } = v.parse(Answer, JSON.parse(body))
  if (Status === NX_DOMAIN) return []
  if (Status !== NO_ERROR) return undefined
  const names = aliasesOf(name, answers)
  return answers
    .filter((record) => record.type === TYPES[type] && names.has(hostOf(record.name)))
    .map(({ data }) => data)
}

/** Returns the names that answer for one: itself, and those that its CNAME records lead to. Records of any other name say nothing. */
function aliasesOf(name: string, answers: AnswerRecord[]): Set<string> {
  const names = new Set([hostOf(name)])
  for (let round = 0; round < MAX_ALIASES; round++)
    for (const { type, name: alias, data } of answers)
      if (type === TYPES.CNAME && names.has(hostOf(alias))) names.add(hostOf(data))
  return names
}

const hostOf = (name: string): string => name.toLowerCase().replace(/\.$/, '')

/** Joins the strings of a record in presentation form (RFC 1035, 5.1): `"v=DKIM1; " "p=…"`. Some resolvers leave the quotes out. */
function textOf(data: string): string {
  if (!data.startsWith('"')) return data
  return [...data.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, text = '']) => unescaped(text)).join('')
}

const unescaped = (text: string): string =>
  text.replace(/\\(\d{3}|.)/gs, (_, code: string) => (code.length === 3 ? String.fromCharCode(Number(code)) : code))

/** Returns the body of a 200; undefined for any other status, or a body that is too large. */
async function readAll(response: Response, signal: AbortSignal): Promise<string | undefined> {
  const reader = response.body?.getReader()
  if (!reader) return undefined
  const decoder = new TextDecoder()
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('too late')), { once: true })
  })
  late.catch(() => {})
  let text = ''
  let bytes = 0
  try {
    while (response.status === 200) {
      const chunk = await Promise.race([reader.read(), late])
      if (chunk.done) return text + decoder.decode()
      bytes += chunk.value.length
      if (bytes > MAX_ANSWER_BYTES) break
      text += decoder.decode(chunk.value, { stream: true })
    }
    return undefined
  } finally {
    reader.cancel().catch(() => {})
  }
}
