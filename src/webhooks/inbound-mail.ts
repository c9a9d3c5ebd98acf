/** Receives mails to the bounce address over HTTP, for deployments and accounts whose mail server can pass them to a program. */
import { Hono } from 'hono'
import { errorEntry } from '../commands/error-entry'
import { findHooks } from '../commands/providers/find-hook'
import { MailReader } from '../commands/sends/mail-reader'
import { passOnReply } from '../commands/sends/pass-on-reply'
import { headersOf, receiveBounce } from '../commands/sends/receive-bounce'
import { DEPLOYMENT, DEPLOYMENT_SECOND } from '../domain/provider-connection'
import { routes } from '../routes'
import { problem } from './problem'
import type { WebhookEnv } from './webhook-env'

export const inboundMail = new Hono<WebhookEnv>()

type Deps = WebhookEnv['Variables']['deps']

const MAX_REPORT_BYTES = 256 * 1024

/**
 * Takes the raw mail as the body, and as much of it as is needed. Responds 200 once it is recorded, passed on or knowingly ignored, 404 to
 * an unknown address, 422 to a person's mail of which nothing says whose it is, and 503 to what must be handed over again.
 */
inboundMail.post(routes.inboundMail(':hook'), async (c) => {
  const { body } = c.req.raw
  const mail = body && new MailReader(body)
  try {
    const status = mail ? await receive(c.var.deps, c.req.param('hook'), mail) : 400
    return status === 200 ? c.json({ received: true }) : problem(c, status)
  } catch (error) {
    c.var.deps.log({ ...errorEntry(error), event: 'inbound_failed' })
    return problem(c, 503)
  } finally {
    await mail?.close()
  }
})

async function receive(deps: Deps, token: string, mail: MailReader) {
  const [hook] = await findHooks(deps, token)
  const isDeployment = hook?.connection === DEPLOYMENT || hook?.connection === DEPLOYMENT_SECOND
  if (!hook || (!isDeployment && hook.kind !== 'smtp')) return 404
  const raw = await mail.upTo(MAX_REPORT_BYTES)
  if (raw.length === 0) return 400
  const door = isDeployment ? {} : { connection: hook.connection }
  const received = await receiveBounce(deps, { raw, recipients: headersOf(raw), ...door })
  if (received.type === 'later') return 503
  if (received.type === 'ownerless') return 422
  if (received.type === 'done') return 200
  const passed = await passOnReply(deps, { delivery: received.delivery, mail })
  return 'passedOn' in passed ? 200 : 503
}
