/**
 * Times drawing and rendering inside workerd, with the functions that the consumer calls. No result is kept from one
 * document to the next.
 */
import type { Env } from '../../../src/env'
import { composeMime } from '../../../src/mail/compose'
import { renderDocumentMail } from '../../../src/mail/render-mail'
import { builtInTranslation } from '../../../src/mail/translation'
import { drawDocument } from '../../../src/pdf/draw-document'
import { APP_URL } from './app-url'
import { snapshotOf } from './document-snapshots'

export interface Timing {
  /** Milliseconds for all of them. */
  ms: number
  /** SHA-256 (hex) of all outputs, in order. */
  sha256: string
  bytes: number
}

/** Draws `count` different documents, each with `lines` lines. */
export async function drawMany(env: Env, from: number, count: number, lines: number): Promise<Timing> {
  const snapshots = range(from, count).map((index) => snapshotOf(index, lines))
  const start = await clock(env)
  const files: Uint8Array[] = []
  for (const snapshot of snapshots) files.push((await drawDocument(snapshot)).bytes)
  return timing((await clock(env)) - start, files)
}

export const drawOne = async (index: number, lines: number): Promise<Uint8Array> =>
  (await drawDocument(snapshotOf(index, lines))).bytes

/** Renders HTML and text of `count` mails about different documents in five languages. */
export async function renderMany(env: Env, from: number, count: number): Promise<Timing> {
  const inputs = range(from, count).map(mailInput)
  const start = await clock(env)
  const mails = inputs.map(renderDocumentMail)
  const ms = (await clock(env)) - start
  return timing(
    ms,
    mails.map(({ html, text }) => new TextEncoder().encode(html + text)),
  )
}

/** Composes one whole message with its PDF. */
export async function renderOne(index: number): Promise<Uint8Array> {
  const input = mailInput(index)
  const { number, seller } = input.document
  const content = await drawOne(index, 5)
  return composeMime(
    renderDocumentMail(input),
    {
      id: `dlv_bench_${index}`,
      date: Date.UTC(2026, 10, 24),
      domain: 'bench.example',
      to: 'anna@example.org',
      company: seller.tradingName,
      replyTo: seller.email,
      unsubscribeLink: input.unsubscribeLink,
    },
    [{ filename: `${number}.pdf`, contentType: 'application/pdf', content }],
  )
}

function mailInput(index: number): Parameters<typeof renderDocumentMail>[0] {
  const document = snapshotOf(index, 5)
  const link = `${APP_URL}/d/token-${index}`
  return {
    translation: builtInTranslation('invoice', document.language),
    mailKind: 'invoice',
    language: document.language,
    document,
    provisional: false,
    link,
    unsubscribeLink: `${link}/unsubscription`,
    alsoSentTo: [],
    attachesPdf: true,
    balance: { due: document.totals.total, credited: 0, paidOn: '' },
    payee: document.seller,
  }
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i)

/** Returns the time after an I/O call, without which the clock stands still in workerd. */
async function clock(env: Env): Promise<number> {
  await env.DB.prepare('SELECT 1').first()
  return Date.now()
}

async function timing(ms: number, outputs: Uint8Array[]): Promise<Timing> {
  const whole = await new Blob(outputs as Uint8Array<ArrayBuffer>[]).arrayBuffer()
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
  return { ms, sha256: digest.toHex(), bytes: whole.byteLength }
}
