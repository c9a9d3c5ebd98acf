/**
 * Generated from the route table: every route has a request here, or this test fails. What names something of an account is answered to
 * its owner and 404 to everybody else, changing no row; what names nothing only ever reaches the asker's own rows.
 */
import { describe, expect, it } from 'vitest'
import { rowsOf } from './support/database-rows'
import { ask, FOREIGN, NAMED, OWN, PUBLIC } from './support/requests'
import { routeTable } from './support/route-table'
import { OWNERS_ONLY, sharedWorld } from './support/shared-world'

const worldFor = sharedWorld()

const useOf = (route: string) => (route.startsWith('GET ') ? 'read' : 'change')

describe('every route', () => {
  it('has a request in this test', () => {
    const known = [...Object.keys(NAMED), ...Object.keys(OWN), ...PUBLIC]
    expect(known.sort()).toEqual(routeTable().sort())
  })

  it.each(Object.keys(NAMED))('%s is answered to its owner and to nobody else', async (route) => {
    const { owner, other, its } = await worldFor(useOf(route))
    const asked = await NAMED[route]?.(owner, its)
    if (!asked) throw new Error(route)
    const before = await rowsOf(owner.accountId, other.accountId)
    expect((await ask(other, asked)).status).toBe(404)
    expect(await rowsOf(owner.accountId, other.accountId)).toEqual(before)
    const answer = await ask(owner, asked)
    expect(answer.status, await answer.text()).toBeLessThan(400)
  })

  it.each(Object.keys(OWN))('%s reaches only the asker’s own rows', async (route) => {
    const { owner, other, its } = await worldFor(useOf(route))
    const asked = await OWN[route]?.(owner, its)
    if (!asked) throw new Error(route)
    const before = await rowsOf(owner.accountId)
    const stolen = await ask(other, asked)
    expect(await rowsOf(owner.accountId)).toEqual(before)
    if (!asked.fields) expect(await stolen.text()).not.toContain(OWNERS_ONLY)
    const answer = await ask(owner, asked)
    expect(answer.status, await answer.text()).toBeLessThan(400)
  })
})

describe('ids of another account', () => {
  it.each(Object.keys(FOREIGN))('%s', async (name) => {
    const { owner, its: victim, other: thief } = await worldFor('change')
    const before = await rowsOf(owner.accountId)
    const asked = await FOREIGN[name]?.(thief, victim)
    if (!asked) throw new Error(name)
    const answer = await ask(thief, asked)
    expect(await rowsOf(owner.accountId)).toEqual(before)
    expect(await answer.text()).not.toContain(victim.secret)
  })
})
