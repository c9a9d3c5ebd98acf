/** Connects accounts to a provider and queues sends, by the commands that pages call. */
import { saveConnection } from '../../../src/commands/providers/save-connection'
import { sendDocument } from '../../../src/commands/sends/send-document'
import { runBatch } from '../../../src/db/client'
import { chooseConnections, updateProviderConnection } from '../../../src/db/provider-connections'
import type { Env } from '../../../src/env'
import { wire } from '../../../src/wire'

export interface ResendInput {
  accountId: string
  apiKey: string
  /** As Svix writes it: `whsec_…` */
  hookSecret: string
}

/** Gives an account a Resend connection that counts as tested. Returns the token of its webhook address. */
export async function connectResend(
  env: Env,
  { accountId, apiKey, hookSecret }: ResendInput,
): Promise<{ hook: string }> {
  const deps = depsOf(env)
  const saved = await saveConnection(deps, {
    ...{ accountId, actor: 'faults', place: 'first', kind: 'resend', hookSecret },
    settings: { from: 'billing@faults.example' },
    secrets: { apiKey },
  })
  if (!saved.ok) throw new Error(saved.reason)
  const ref = { accountId, id: saved.value.id }
  await runBatch(deps.db, [
    updateProviderConnection(deps.db, ref, { workingAt: deps.now() }, deps.now()),
    chooseConnections(accountId),
  ])
  const row = env.DB.prepare('SELECT hook FROM provider_connections WHERE id = ?').bind(ref.id)
  return { hook: (await row.first<string>('hook')) ?? '' }
}

export interface NewSend {
  accountId: string
  documentId: string
  /** Chosen by the driver, so that a request that was cut by a kill can be repeated. */
  sendId: string
  address: string
}

/** Queues one mail for each of these documents. */
export async function queueSends(env: Env, sends: NewSend[]): Promise<{ queued: number }> {
  const deps = depsOf(env)
  for (const { accountId, documentId, sendId, address } of sends) {
    const sent = await sendDocument(deps, {
      ...{ accountId, documentId, sendId, userId: 'faults', origin: 'manual', recipients: [address], version: 2 },
      ...{ language: 'fr', subject: null, body: null, attachPdf: true, scheduledFor: null },
    })
    if (!sent.ok) throw new Error(`${address}: ${sent.reason}`)
  }
  return { queued: sends.length }
}

function depsOf(env: Env) {
  const wired = wire(env)
  if ('wrong' in wired) throw new Error(`not configured: ${wired.wrong}`)
  return wired.deps
}
