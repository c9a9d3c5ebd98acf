import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { type Merchant, signUp } from '../support/client'
import { freshStorage } from '../support/database'
import { PUBLIC } from '../support/requests'
import { routeTable } from '../support/route-table'

/** Routes that keep the account, or change only the person's settings and membership. */
const ALLOWED = [
  routes.closingRevocation,
  routes.accounts,
  routes.activeAccount,
  routes.departure,
  routes.personalSettings,
  routes.freshSignIn,
  routes.sessionRemoval,
  routes.otherSessionsRemoval,
  routes.passkeys,
  routes.passkeyChallenges,
  routes.passkeyRemoval,
]

describe('a closed account', () => {
  let owner: Merchant

  beforeAll(async () => {
    await freshStorage()
    owner = await signUp()
  })

  /** Posts an empty form while the account is closed. */
  async function post(path: string): Promise<number> {
    await env.DB.prepare('UPDATE accounts SET closing_at = 4e12 WHERE id = ?').bind(owner.accountId).run()
    return (await owner.post(path)).status
  }

  it('accepts a post to exactly the routes that do not change it', async () => {
    const accepted: string[] = []
    for (const route of routeTable()) {
      const path = route.replace('POST ', '').replaceAll(/:\w+/g, 'x')
      if (route.startsWith('POST ') && !PUBLIC.includes(route) && (await post(path)) !== 403) accepted.push(path)
    }
    expect(accepted.sort()).toEqual([...ALLOWED].sort())
  })

  it('does not accept a path that only begins like one of them', async () => {
    const settings = ALLOWED.filter((path) => path.startsWith(routes.settings))
    for (const path of settings) expect(await post(`${path}x`)).toBe(403)
  })
})
