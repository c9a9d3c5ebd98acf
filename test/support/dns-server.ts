/**
 * A resolver that speaks DNS over HTTPS (JSON). Tests put names into its zone by `PUT /zone` and read by `GET /queries` what was asked.
 * `POST /verified` verifies a mail's DKIM signatures with mailauth against the zone, as a receiver would.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { authenticate } from 'mailauth'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** http://127.0.0.1:… */
    dnsUrl: string
  }
}

/** What a name answers. A name that is not in the zone does not exist. */
export type ZoneEntry =
  /** TXT records; each a list of strings of at most 255 characters. */
  | { txt: string[][] }
  | { cname: string }
  /** Response code, as 2 for SERVFAIL. */
  | { code: number }
  /** The HTTP answer as it is. */
  | { status: number; body: string; headers?: Record<string, string> }
  | { silent: true }
  /** The body never ends. */
  | { endless: true }
  /** Records of another name than the one that was asked for. */
  | { lie: string }

export type Zone = Record<string, ZoneEntry>

const [TXT, CNAME] = [16, 5]

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let zone: Zone = {}
  let queries: string[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://dns.test')
    if (url.pathname === '/zone') {
      zone = JSON.parse(await textOf(request))
      queries = []
      send(response, {})
    } else if (url.pathname === '/queries') send(response, queries)
    else if (url.pathname === '/verified') send(response, await verify(zone, await textOf(request)))
    else {
      const name = (url.searchParams.get('name') ?? '').toLowerCase()
      queries.push(`${name} ${url.searchParams.get('type')}`)
      answer(zone, name, url.searchParams.get('type') ?? '', response)
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  project.provide('dnsUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return () => {
    server.closeAllConnections()
    return new Promise((closed) => server.close(() => closed()))
  }
}

function answer(zone: Zone, name: string, type: string, response: ServerResponse): void {
  const entry = zone[name]
  const Question = [{ name, type: type === 'TXT' ? TXT : CNAME }]
  if (entry && 'silent' in entry) return
  if (entry && 'endless' in entry) drip(response)
  else if (entry && 'status' in entry) response.writeHead(entry.status, entry.headers).end(entry.body)
  else if (entry && 'code' in entry) send(response, { Status: entry.code, Question })
  else if (entry && 'lie' in entry)
    send(response, { Status: 0, Question, Answer: txtOf('other.example', [[entry.lie]]) })
  else {
    const Answer = recordsOf(zone, name, type)
    send(response, { Status: entry ? 0 : 3, Question, ...(Answer.length > 0 && { Answer }) })
  }
}

/** Follows CNAMEs, as a resolver does. */
function recordsOf(zone: Zone, name: string, type: string, depth = 0): object[] {
  const entry = zone[name]
  if (!entry || depth > 8) return []
  if ('cname' in entry) {
    const own = { name, type: CNAME, TTL: 60, data: `${entry.cname}.` }
    return [own, ...(type === 'CNAME' ? [] : recordsOf(zone, entry.cname, type, depth + 1))]
  }
  return 'txt' in entry && type === 'TXT' ? txtOf(name, entry.txt) : []
}

const txtOf = (name: string, records: string[][]) =>
  records.map((strings) => ({ name, type: TXT, TTL: 60, data: strings.map(quoted).join(' ') }))

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

async function verify(zone: Zone, mail: string) {
  const resolver = async (name: string, type: string): Promise<string[][]> => {
    const found = recordsOf(zone, name.toLowerCase(), type).flatMap((record) => ('data' in record ? [record.data] : []))
    if (found.length === 0) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
    return found.map((data) => [...String(data).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text))
  }
  const options = { trustReceived: false, ip: '192.0.2.1', helo: 'mail.facteur.test', resolver, disableArc: true }
  const { dkim, dmarc } = await authenticate(Buffer.from(mail), { ...options, disableBimi: true })
  return {
    dkim: dkim.results.map(({ signingDomain, selector, status }) => ({
      domain: signingDomain,
      selector,
      result: status.result,
      aligned: status.aligned,
    })),
    dmarc: dmarc ? dmarc.status.result : 'none',
  }
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/dns-json' })
  const timer = setInterval(() => response.write(' '.repeat(8192)), 1)
  response.on('close', () => clearInterval(timer))
}

function send(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/dns-json' }).end(JSON.stringify(body))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
