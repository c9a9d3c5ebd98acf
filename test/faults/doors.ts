/** How the providers' reports reach the app: by the addresses that it has for each of them. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { routes } from '../../src/routes.ts'
import type { App } from './app.ts'
import { dsnOf } from './dsn.ts'
import type { Report } from './reports.ts'
import { resendEvent } from './resend-event.ts'

const TOKEN = randomBytes(16).toString('hex')

/** Variables of the deployment by which it hears. */
export const HEARING = { BOUNCE_DOMAIN: 'bounces.faults.example', MAIL_HOOK_TOKEN: TOKEN }

export class Doors {
  #app: App | undefined
  /** Tokens of the accounts' webhook addresses, by API key. */
  readonly #hooks = new Map<string, string>()
  readonly #secret = randomBytes(24).toString('base64')

  open(app: App): void {
    this.#app = app
  }

  /** Gives an account a Resend connection. */
  async connectResend(accountId: string): Promise<void> {
    if (!this.#app) throw new Error('not open')
    const apiKey = `re_${createHash('sha256').update(accountId).digest('hex').slice(0, 24)}`
    const input = { accountId, apiKey, hookSecret: `whsec_${this.#secret}` }
    const { hook } = await this.#app.ask<{ hook: string }>('resend', input)
    this.#hooks.set(apiKey, hook)
  }

  /** Hands over a report. Returns whether the app has taken it; a refusal that no repeat changes is an error of this program or the app's. */
  async post(report: Report): Promise<boolean> {
    const status = await (report.mail.provider === 'smtp' ? this.#postMail(report) : this.#postEvent(report))
    if (status >= 400 && status < 500) throw new Error(`${report.mail.provider} ${report.class}: ${status}`)
    return status === 200
  }

  #postMail(report: Report): Promise<number> {
    return this.send(routes.inboundMail(TOKEN), dsnOf(report), { 'content-type': 'message/rfc822' })
  }

  #postEvent(report: Report): Promise<number> {
    return this.sendResend(this.#hooks.get(report.mail.apiKey) ?? '', report.id, JSON.stringify(resendEvent(report)))
  }

  /** Posts a body to a Resend address, signed as Svix does. */
  sendResend(hook: string, id: string, body: string | Uint8Array<ArrayBuffer>): Promise<number> {
    const timestamp = Math.floor(Date.now() / 1000)
    const mac = createHmac('sha256', Buffer.from(this.#secret, 'base64')).update(`${id}.${timestamp}.`).update(body)
    return this.send(routes.providerWebhook('resend', hook), body, {
      'content-type': 'application/json',
      ...{ 'svix-id': id, 'svix-timestamp': String(timestamp), 'svix-signature': `v1,${mac.digest('base64')}` },
    })
  }

  /** Returns the status of the response; 0 if there is none. */
  async send(path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<number> {
    try {
      const response = await fetch(`${this.#app?.url}${path}`, { method: 'POST', headers, body })
      await response.text()
      return response.status
    } catch {
      return 0
    }
  }
}
