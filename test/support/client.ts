/**
 * Simulates a browser without scripts: keeps cookies, sends its origin, reads forms and posts them. `signUp()` returns one that is
 * signed in to an account that may send at once (complete company, confirmed reply address).
 */
import { env } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import type { AccountSettings, Company } from '../../src/domain/company'
import type { Role } from '../../src/domain/role'
import { insertAccount } from './fixtures'

const ORIGIN = 'http://facteur.test'
const SESSION_COOKIE = '__Host-facteur.session_token'

/** Returns an address in a /64 that no other client uses. */
function newNetwork(): string {
  const [a, b] = crypto.getRandomValues(new Uint16Array(2))
  return `2001:db8:${a?.toString(16)}:${b?.toString(16)}::1`
}

export type FormFields = Record<string, string>

export class Client {
  readonly cookies = new Map<string, string>()
  /** Each client has a separate network, so that limiters count it alone. */
  headers: Record<string, string> = { 'cf-connecting-ip': newNetwork() }
  /** The Worker that responds; a test may replace it by one with other bindings. */
  worker: { fetch(url: string, init: RequestInit): Response | Promise<Response> } = exports.default

  /** Does not follow redirects; `follow()` does. */
  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, { headers })
  }

  /** Posts a form, given as pairs if a name occurs more than once. */
  post(
    path: string,
    fields: FormFields | [string, string][] = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.fetch(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: ORIGIN, ...headers },
    })
  }

  /** Posts a form with files, as `multipart/form-data`. */
  upload(path: string, fields: Record<string, string | File>): Promise<Response> {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    return this.fetch(path, { method: 'POST', body, headers: { origin: ORIGIN } })
  }

  /** Sends an htmx request. */
  hx(path: string, init: { method?: string; fields?: FormFields } = {}): Promise<Response> {
    const headers = { 'hx-request': 'true' }
    return init.method === 'POST' ? this.post(path, init.fields, headers) : this.get(path, headers)
  }

  /** Returns the page to which a redirect leads; fails if the response is not a redirect. */
  async follow(response: Response): Promise<Response> {
    const location = response.headers.get('location')
    if (!location) throw new Error(`no redirect, but ${response.status}: ${(await response.text()).slice(0, 2000)}`)
    const next = await this.get(location)
    return next.status >= 300 && next.status < 400 ? this.follow(next) : next
  }

  /** Opens a page, fills the form with this `action` (by default the page's path) and posts it. */
  async fillIn(path: string, fields: FormFields, action = path): Promise<Response> {
    const page = await this.get(path)
    return this.post(action, { ...(await formFields(page, action)), ...fields })
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers({ ...this.headers, ...(init.headers as Record<string, string>) })
    if (this.cookies.size > 0) headers.set('cookie', [...this.cookies].map((pair) => pair.join('=')).join('; '))
    const response = await this.worker.fetch(new URL(path, ORIGIN).href, { ...init, headers, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie)
    return response
  }

  private keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(/;\s*/)
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

/** Returns the fields of the form with this action, as a browser would post them. */
export async function formFields(page: Response, action: string): Promise<FormFields> {
  const fields: FormFields = {}
  let select = ''
  let area = ''
  const form = `form[action="${action}"]`
  const rewriter = new HTMLRewriter()
    .on(`${form} input[name]`, {
      element(input) {
        const type = input.getAttribute('type') ?? 'text'
        const ticked = input.hasAttribute('checked')
        if (input.hasAttribute('disabled') || (['checkbox', 'radio'].includes(type) && !ticked)) return
        if (type !== 'submit')
          fields[input.getAttribute('name') ?? ''] = unescaped(input.getAttribute('value') ?? (ticked ? 'on' : ''))
      },
    })
    .on(`${form} select[name]`, {
      element(element) {
        select = element.getAttribute('name') ?? ''
      },
    })
    .on(`${form} option`, {
      element(option) {
        if (option.hasAttribute('selected') || !(select in fields))
          fields[select] = unescaped(option.getAttribute('value') ?? '')
      },
    })
    .on(`${form} textarea[name]`, {
      element(element) {
        area = element.getAttribute('name') ?? ''
        fields[area] = ''
      },
      text(chunk) {
        fields[area] = unescaped((fields[area] ?? '') + chunk.text)
      },
    })
  await rewriter.transform(page.clone()).text()
  return fields
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

const unescaped = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? '')

/** Returns the text of a page without its markup. */
export const textOf = async (page: Response): Promise<string> =>
  unescaped((await page.text()).replace(/<(script|style)\b.*?<\/\1>|<[^>]+>/gs, ' ')).replace(/\s+/g, ' ')

export class Merchant extends Client {
  readonly accountId: string
  readonly userId: string
  readonly email: string

  constructor(accountId: string, userId: string, email: string) {
    super()
    this.accountId = accountId
    this.userId = userId
    this.email = email
  }
}

export interface SignUp {
  company?: Partial<Company>
  settings?: Partial<AccountSettings>
  /** By default `owner`. */
  role?: Role
  /** Joins this account instead of opening one. */
  accountId?: string
  email?: string
  name?: string
  language?: string
}

let count = 0

/** Returns a signed-in person with an account. Pages are in English by default. */
export async function signUp(options: SignUp = {}): Promise<Merchant> {
  count += 1
  const userId = `user_${count}`
  const accountId = options.accountId ?? `account_${count}`
  const email = options.email ?? `merchant-${count}@facteur.test`
  if (!options.accountId) await insertOrganisation(accountId, options)
  await env.DB.batch([
    env.DB.prepare('INSERT INTO users (id, name, email, email_verified, language) VALUES (?, ?, ?, 1, ?)').bind(
      userId,
      options.name ?? 'Camille Martin',
      email,
      options.language ?? 'en',
    ),
    env.DB.prepare('INSERT INTO members (id, organization_id, user_id, role, created_at) VALUES (?, ?, ?, ?, 0)').bind(
      `member_${count}`,
      accountId,
      userId,
      options.role ?? 'owner',
    ),
  ])
  const merchant = new Merchant(accountId, userId, email)
  await signIn(merchant, userId, accountId)
  return merchant
}

async function insertOrganisation(id: string, { company, settings }: SignUp): Promise<void> {
  await env.DB.prepare('INSERT INTO organizations (id, name, slug, created_at) VALUES (?, ?, ?, 0)')
    .bind(id, id, id)
    .run()
  await insertAccount(id, { ...(company && { company }), ...(settings && { settings }) })
}

/** Inserts a session, and sets the cookie that better-auth would set for it. */
export async function signIn(client: Client, userId: string, accountId: string | null): Promise<void> {
  const token = crypto.randomUUID()
  await env.DB.prepare(
    'INSERT INTO sessions (id, token, user_id, active_organization_id, expires_at, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)',
  )
    .bind(crypto.randomUUID(), token, userId, accountId, Date.now() + 30 * 86_400_000, Date.now())
    .run()
  client.cookies.set(SESSION_COOKIE, encodeURIComponent(`${token}.${await sign(token)}`))
}

async function sign(text: string): Promise<string> {
  const bytes = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(String(env.AUTH_SECRET)), algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(text))).toBase64()
}

/** Returns the id of the document that a response redirects to; empty if there is none. */
export const documentIn = (response: Response): string =>
  /doc_\w+/.exec(response.headers.get('location') ?? '')?.[0] ?? ''
