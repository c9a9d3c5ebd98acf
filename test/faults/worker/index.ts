/**
 * Extends the deployed Worker for the run with faults: endpoints under `/faults/` make accounts and sends by the commands that pages
 * call, and let time pass.
 */
import type { Env } from '../../../src/env'
import worker from '../../../src/index'
import { cloneDocuments, makeAccount } from '../../bench/worker/setup'
import { connectResend, queueSends } from './setup'
import { endLeases, endWaits } from './time'

const PREFIX = '/faults/'

export default {
  ...worker,
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url)
    if (request.method !== 'POST' || !pathname.startsWith(PREFIX)) return worker.fetch(request, env, ctx)
    return Response.json(await run(pathname.slice(PREFIX.length), await request.json(), env))
  },
} satisfies ExportedHandler<Env, unknown>

async function run(name: string, input: never, env: Env): Promise<unknown> {
  switch (name) {
    case 'account':
      return newAccount(env, input)
    case 'resend':
      return connectResend(env, input)
    case 'sends':
      return queueSends(env, input)
    case 'waits':
      return endWaits(env)
    case 'leases':
      return endLeases(env)
    default:
      throw new Error(`no such thing: ${name}`)
  }
}

/** Makes an account with as many final documents as it is to send. */
async function newAccount(env: Env, { email, documents }: { email: string; documents: number }) {
  const { accountId } = await makeAccount(env, email, 'delivered@simulator.test')
  await env.DB.prepare('UPDATE accounts SET daily_quota = 1000000 WHERE id = ?').bind(accountId).run()
  const { ids } = await cloneDocuments(env, accountId, documents)
  return { accountId, documentIds: ids }
}
