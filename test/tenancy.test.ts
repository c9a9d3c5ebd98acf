/**
 * Generated from the route table: every route has a request here, or this test fails. What names something of an account is answered to
 * its owner and 404 to everybody else, changing no row; what names nothing only ever reaches the asker's own rows.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../src/routes'
import { type Belongings, belongingsOf } from './support/belongings'
import { type FormFields, formFields, type Merchant, signUp } from './support/client'
import { freshStorage } from './support/database'
import { routeTable } from './support/route-table'
import { everyRow, rowsOf } from './support/snapshot'

interface Ask {
  path: string
  fields?: FormFields
}

type Request = (owner: Merchant, its: Belongings) => Ask | Promise<Ask>

/** The form with this action on one of the owner's pages, as a browser would send it. */
async function form(owner: Merchant, page: string, action: string, change: FormFields = {}): Promise<Ask> {
  const shown = await owner.get(page)
  expect(shown.status, page).toBe(200)
  return { path: action, fields: { ...(await formFields(shown, action)), ...change } }
}

/** Requests that name something which belongs to the account. */
const NAMED: Record<string, Request> = {
  'GET /contacts/:id': (_, its) => ({ path: routes.contact(its.contactId) }),
  'GET /contacts/:id/edit': (_, its) => ({ path: routes.contactEdit(its.contactId) }),
  'POST /contacts/:id': (owner, its) => form(owner, routes.contactEdit(its.contactId), routes.contact(its.contactId)),
  'POST /contacts/:id/archive': (_, its) => ({ path: routes.contactArchive(its.contactId), fields: {} }),
  'POST /contacts/:id/restoration': (_, its) => ({ path: routes.contactRestoration(its.contactId), fields: {} }),
  'POST /documents/:id/links': (_, its) => ({ path: routes.documentLinks(its.sentId), fields: {} }),
}

/** Requests that name nothing: each account is shown, and changes, its own. */
const OWN: Record<string, Request> = {
  'GET /contacts': () => ({ path: routes.contacts }),
  'GET /contacts/new': () => ({ path: routes.newContact }),
  'POST /contacts': (owner) => form(owner, routes.newContact, routes.contacts, { name: 'Somebody new', country: 'FR' }),
  'GET /settings': () => ({ path: routes.settings }),
  'GET /settings/company': () => ({ path: routes.companySettings }),
  'POST /settings/company': (owner) => form(owner, routes.companySettings, routes.companySettings),
  'POST /settings/company/reply-address/confirmations': () => ({ path: routes.replyAddressConfirmations, fields: {} }),
  'GET /settings/documents': () => ({ path: routes.documentSettings }),
  'POST /settings/documents': (owner) => form(owner, routes.documentSettings, routes.documentSettings),
  'GET /settings/taxes': () => ({ path: routes.taxSettings }),
  'POST /settings/taxes': (owner) => form(owner, routes.taxSettings, routes.taxSettings),
  'GET /settings/numbers': () => ({ path: routes.numberSettings }),
  'POST /settings/numbers': (owner) => form(owner, routes.numberSettings, routes.numberSettings),
  'GET /settings/numbers/example': () => ({ path: `${routes.numberExample}?pattern=%7BYYYY%7D-%7B0000%7D` }),
  'GET /settings/mail': () => ({ path: routes.mailSettings }),
  'POST /settings/mail': (owner) => form(owner, routes.mailSettings, routes.mailSettings),
  'GET /settings/you': () => ({ path: routes.personalSettings }),
  'POST /settings/you': (owner) => form(owner, routes.personalSettings, routes.personalSettings),
}

/** Open to anybody, or to whoever holds a link: the token in the path is the authority. */
const PUBLIC = [
  'GET /',
  'GET /healthz',
  'GET /sign-in',
  'POST /sign-in',
  'GET /sign-in/sent',
  'GET /sign-in/links/:token',
  'POST /sign-in/links/:token',
  'POST /sign-out',
  'GET /welcome',
  'POST /welcome',
  'GET /reply-address/:token',
  'POST /reply-address/:token',
  'GET /d/:token',
  'GET /d/:token/pdf',
  'POST /d/:token/views',
  'POST /d/:token/downloads',
  'POST /d/:token/fresh-links',
  'GET /d/:token/unsubscription',
  'POST /d/:token/unsubscription',
]

/** Another account's ids where a body or a query takes one: nothing of theirs is shown or touched. */
const FOREIGN: Record<string, (thief: Merchant, victim: Belongings) => Ask | Promise<Ask>> = {
  'a contact list that starts at another account’s contact': (_, victim) => ({
    path: `${routes.contacts}?after=a|${victim.contactId}`,
  }),
  'a new contact under the id of another account’s contact': (thief, victim) =>
    form(thief, routes.newContact, routes.contacts, { id: victim.contactId, name: 'Stolen', country: 'FR' }),
}

const ask = (who: Merchant, { path, fields }: Ask): Promise<Response> =>
  fields ? who.post(path, fields) : who.get(path)

beforeAll(freshStorage)

describe('every route', () => {
  it('has a request in this test', () => {
    const known = [...Object.keys(NAMED), ...Object.keys(OWN), ...PUBLIC]
    expect(known.sort()).toEqual(routeTable().sort())
  })

  it.each(Object.keys(NAMED))('%s is answered to its owner and to nobody else', async (route) => {
    const owner = await signUp()
    const other = await signUp()
    const asked = await NAMED[route]?.(owner, await belongingsOf(owner))
    if (!asked) throw new Error(route)
    const before = await everyRow()
    expect((await ask(other, asked)).status).toBe(404)
    expect(await everyRow()).toEqual(before)
    const answer = await ask(owner, asked)
    expect(answer.status, await answer.text()).toBeLessThan(400)
  })

  it.each(Object.keys(OWN))('%s reaches only the asker’s own rows', async (route) => {
    const owner = await signUp({ company: { tradingName: 'Only the owner may read this' } })
    const other = await signUp()
    const asked = await OWN[route]?.(owner, await belongingsOf(owner))
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
