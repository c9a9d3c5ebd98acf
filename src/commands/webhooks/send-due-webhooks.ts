import { runBatch } from '../../db/client'
import { readEventSubjects } from '../../db/event-subjects'
import { claimDueCalls, type DueCall, stopCalls, updateCall } from '../../db/webhook-calls'
import { disableEndpoint, markEndpoint, type WebhookEndpoint } from '../../db/webhook-endpoints'
import { type CallAttempt, FAILING_MS, KEPT_ATTEMPTS, waitAfter } from '../../domain/webhook-call'
import type { Deps } from '../deps'
import { errorEntry } from '../error-entry'
import { eventJson } from './event-body'
import { mailDisabledWebhook } from './mail-disabled-webhook'
import { postEvent } from './post-event'
import { signatureHeaders } from './sign-event'

const CALLS_A_RUN = 60
/** Longer than the slowest run: ten calls of ten seconds to one endpoint. */
const LEASE_MS = 180_000
/** What is not begun by then waits for the next run. */
const RUN_MS = 20_000
/** Connections that a Worker may open at once. */
const ENDPOINTS_AT_ONCE = 6

/** Posts events that are due. Each endpoint's in turn, several endpoints at once; one that gives no answer keeps the rest for a minute. */
export async function sendDueWebhooks(deps: Deps): Promise<void> {
  const now = deps.now()
  const due = await claimDueCalls(deps.db, now, now + LEASE_MS, CALLS_A_RUN)
  if (due.length === 0) return
  const groups = [...Map.groupBy(due, ({ endpoint }) => `${endpoint.accountId} ${endpoint.id}`).values()]
  const workers = Array.from({ length: ENDPOINTS_AT_ONCE }, async () => {
    for (let group = groups.shift(); group; group = groups.shift())
      try {
        await postGroup(deps, group, now + RUN_MS)
      } catch (error) {
        // Its calls are due again when their lease ends.
        deps.log({ ...errorEntry(error), event: 'webhook_failed' })
      }
  })
  await Promise.all(workers)
}

const RETRY_MS = 60_000

async function postGroup(deps: Deps, group: DueCall[], until: number): Promise<void> {
  const endpoint = group[0]?.endpoint
  if (!endpoint) return
  if (endpoint.disabledAt !== null) {
    await runBatch(deps.db, [stopCalls(deps.db, endpoint)])
    return
  }
  const subjects = await readEventSubjects(
    deps.db,
    endpoint.accountId,
    group.map(({ event }) => event),
  )
  const secrets = await secretsOf(deps, endpoint)
  for (const [index, { call, event }] of group.entries()) {
    const body = JSON.stringify(eventJson(event, subjects))
    const headers = await signatureHeaders({ id: event.id, at: deps.now(), body }, secrets)
    const attempt = await postEvent(deps, endpoint.url, { body, headers })
    const worked = await recordAttempt(deps, endpoint, call, attempt)
    if (worked === 'gone') return
    if (attempt.status === null || deps.now() > until) {
      const rest = group
        .slice(index + 1)
        .map((one) => updateCall(deps.db, one.call, { dueAt: deps.now() + (attempt.status === null ? RETRY_MS : 0) }))
      await runBatch(deps.db, rest)
      return
    }
  }
}

/** Returns the secrets that sign: the current one, and the previous one while receivers change over. */
export async function secretsOf(deps: Deps, endpoint: WebhookEndpoint): Promise<string[]> {
  const context = secretContext(endpoint)
  const sealed = [
    endpoint.secret,
    ...(endpoint.previousSecret !== null && (endpoint.previousUntil ?? 0) > deps.now()
      ? [endpoint.previousSecret]
      : []),
  ]
  const opened = await Promise.all(sealed.map((secret) => deps.secrets.open(secret, context)))
  return opened.filter((secret) => secret !== undefined)
}

export const secretContext = ({ accountId, id }: Pick<WebhookEndpoint, 'accountId' | 'id'>): string =>
  `${accountId}/webhook_endpoints/${id}`

async function recordAttempt(
  deps: Deps,
  endpoint: WebhookEndpoint,
  call: DueCall['call'],
  attempt: CallAttempt,
): Promise<'done' | 'again' | 'gone'> {
  const { db } = deps
  const now = deps.now()
  const attempts = call.attempts + 1
  const log = [...call.log, attempt].slice(-KEPT_ATTEMPTS)
  const status = attempt.status ?? 0
  if (status >= 200 && status < 300) {
    const done = updateCall(db, call, { state: 'done', attempts, dueAt: null, log })
    await runBatch(db, [done, ...(endpoint.failingSince === null ? [] : [markEndpoint(db, endpoint, true, now)])])
    return 'done'
  }
  const wait = waitAfter(attempts, deps.random())
  const next = wait === undefined ? ({ state: 'failed', dueAt: null } as const) : { dueAt: now + wait }
  const failingSince = endpoint.failingSince ?? now
  await runBatch(db, [
    updateCall(db, call, { ...next, attempts, log }),
    ...(endpoint.failingSince === null ? [markEndpoint(db, endpoint, false, now)] : []),
  ])
  const reason = status === 410 ? 'gone' : now - failingSince >= FAILING_MS ? 'failing' : undefined
  if (!reason) return 'again'
  const [disabled] = await runBatch(db, [disableEndpoint(db, endpoint, reason, now), stopCalls(db, endpoint)])
  if (disabled?.results.length) await mailDisabledWebhook(deps, endpoint)
  return 'gone'
}
