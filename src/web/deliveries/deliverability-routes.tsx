/** What receivers think of an account's mails. */
import { Hono } from 'hono'
import { findAuthentication } from '../../commands/providers/find-authentication'
import { countRates } from '../../db/deliverability'
import { listProviderConnections } from '../../db/provider-connections'
import { idFloor } from '../../domain/id-range'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireAccount } from '../middleware/session'
import { page } from '../ui/page'
import { DeliverabilityPage } from './deliverability-page'

export const deliverabilityRoutes = new Hono<AccountEnv>()

const COUNTED_MS = 30 * 86_400_000

deliverabilityRoutes.get(routes.deliverability, requireAccount, async (c) => {
  const { deps, signedIn, t } = c.var
  const { accountId } = signedIn
  const connections = await listProviderConnections(deps.db, accountId)
  const working = connections.filter(({ workingAt }) => workingAt !== null)
  const connection = working.find(({ place }) => place === 'first') ?? working[0]
  const [authentication, rates] = await Promise.all([
    findAuthentication(deps, accountId, connection),
    countRates(deps.db, accountId, idFloor('dlv', deps.now() - COUNTED_MS)),
  ])
  return page(
    c,
    { title: t('deliverability.title'), section: 'deliveries' },
    <DeliverabilityPage authentication={authentication} rates={rates} />,
  )
})
