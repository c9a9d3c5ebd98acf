/**
 * Generated from the route table: every route has a request here, or this test fails. What names something of an account is answered to
 * its owner and 404 to everybody else, changing no row; what names nothing only ever reaches the asker's own rows.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { belongingsOf } from './support/belongings'
import { signUp } from './support/client'
import { freshStorage } from './support/database'
import { rowsOf } from './support/database-rows'
import { ask, FOREIGN, NAMED, OWN, PUBLIC } from './support/requests'
import { routeTable } from './support/route-table'

beforeAll(freshStorage)

async function newWorld() {
  const owner = await signUp({ company: { tradingName: 'Only the owner may read this' } })
  return { owner, other: await signUp(), its: await belongingsOf(owner) }
}

let untouched: ReturnType<typeof newWorld> | undefined
/** One for all requests that only read. */
const untouchedWorld = () => (untouched ??= newWorld())

describe('every route', () => {
  it('has a request in this test', () => {
    const known = [...Object.keys(NAMED), ...Object.keys(OWN), ...PUBLIC]
    expect(known.sort()).toEqual(routeTable().sort())
  })

  it.each(Object.keys(NAMED))('%s is answered to its owner and to nobody else', async (route) => {
    const { owner, other, its } = await (route.startsWith('GET ') ? untouchedWorld() : newWorld())
    const asked = await NAMED[route]?.(owner, its)
    if (!asked) throw new Error(route)
    const before = await rowsOf(owner.accountId, other.accountId)
    expect((await ask(other, asked)).status).toBe(404)
    expect(await rowsOf(owner.accountId, other.accountId)).toEqual(before)
    const answer = await ask(owner, asked)
    expect(answer.status, await answer.text()).toBeLessThan(400)
  })

  it.each(Object.keys(OWN))('%s reaches only the asker’s own rows', async (route) => {
    const { owner, other, its } = await (route.startsWith('GET ') ? untouchedWorld() : newWorld())
    const asked = await OWN[route]?.(owner, its)
    if (!asked) throw new Error(route)
    const before = await rowsOf(owner.accountId)
    const stolen = await ask(other, asked)
    expect(await rowsOf(owner.accountId)).toEqual(before)
    if (!asked.fields) expect(await stolen.text()).not.toContain('Only the owner may read this')
    const answer = await ask(owner, asked)
    expect(answer.status, await answer.text()).toBeLessThan(400)
  })
})

describe('ids of another account', () => {
  it.each(Object.keys(FOREIGN))('%s', async (name) => {
    const owner = await signUp()
    const thief = await signUp()
    const victim = await belongingsOf(owner)
    const before = await rowsOf(owner.accountId)
    const asked = await FOREIGN[name]?.(thief, victim)
    if (!asked) throw new Error(name)
    const answer = await ask(thief, asked)
    expect(await rowsOf(owner.accountId)).toEqual(before)
    expect(await answer.text()).not.toContain(victim.secret)
  })
})
