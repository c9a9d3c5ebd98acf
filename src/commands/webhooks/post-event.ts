/** Posts one event to an endpoint, and says what it answered. */
import { type CallAttempt, MAX_ANSWER_CHARS } from '../../domain/webhook-call'
import { isAddress, isPublicAddress, parseTarget } from '../../domain/webhook-target'
import { readStart } from '../../mail/http-call'
import type { Deps } from '../deps'

const TIMEOUT_MS = 10_000

/**
 * Posts a body. The target is checked anew, addresses of its name included, since DNS records change. Redirects are not followed: they
 * would lead anywhere. Never throws.
 */
export async function postEvent(
  deps: Deps,
  url: string,
  { body, headers }: { body: string; headers: Record<string, string> },
): Promise<CallAttempt> {
  const at = deps.now()
  const attempt = (status: number | null, text: string): CallAttempt => ({
    ...{ at, status, text: text.slice(0, MAX_ANSWER_CHARS), ms: Math.max(0, deps.now() - at) },
  })
  const refused = await refusalOf(deps, url)
  if (refused) return attempt(null, refused)
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await fetch(url, {
      ...{ method: 'POST', body, redirect: 'manual', signal },
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Facteur-Webhooks' },
    })
    return attempt(response.status, await readStart(response, signal))
  } catch (error) {
    return attempt(null, signal.aborted ? 'No answer within 10 seconds.' : String(error))
  }
}

async function refusalOf(deps: Deps, url: string): Promise<string | undefined> {
  const allowsPrivate = deps.config.WEBHOOK_PRIVATE_TARGETS
  const target = parseTarget(url, allowsPrivate)
  if (!target.ok) return 'This address is not public.'
  const host = new URL(target.value).hostname
  if (allowsPrivate || isAddress(host.replace(/^\[(.*)\]$/, '$1'))) return undefined
  const addresses = await deps.dns.addresses(host)
  if (!addresses) return 'The name could not be looked up.'
  if (addresses.length === 0) return 'The name has no address.'
  return addresses.every(isPublicAddress) ? undefined : 'The name leads to an address that is not public.'
}
