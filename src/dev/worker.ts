/**
 * Extends the deployed Worker by a path that makes the demo's data, on this machine only. No deployment contains this
 * file.
 */

import type { Env } from '../env'
import worker from '../index'
import { wire } from '../wire'
import { demoApiKey } from './demo/api-key'
import { DEMO_COMPANY, DEMO_USER } from './demo/company'
import { DEMO_ACCOUNT_ID, seedDemo } from './demo/seed'

const DEMO_PATH = '/dev/demo'

export default {
  ...worker,
  async fetch(request, env, ctx) {
    if (request.method === 'POST' && new URL(request.url).pathname === DEMO_PATH) return makeDemo(env)
    return worker.fetch(request, env, ctx)
  },
} satisfies ExportedHandler<Env, unknown>

async function makeDemo(env: Env): Promise<Response> {
  const wired = wire(env)
  if ('wrong' in wired) return Response.json(wired, { status: 500 })
  const made = await seedDemo(wired.deps)
  const apiKey = await demoApiKey(wired.deps, DEMO_ACCOUNT_ID, '')
  return Response.json({ made, ...DEMO_USER, company: DEMO_COMPANY.tradingName, apiKey })
}
