/**
 * Every route, tried by each role. Who may is answered as the owner is; who may not gets 403, is told which role it takes, and no row
 * changes. A route that this table does not name may be read by everybody and changed by nobody: a new one must be thought about.
 */
import { describe, expect, it } from 'vitest'
import { atLeast, ROLES, type Role } from '../src/domain/role'
import { textOf } from './support/client'
import { rowsOf } from './support/database-rows'
import { ask, NAMED, OWN, type Request } from './support/requests'
import { sharedWorld } from './support/shared-world'

const NEEDS: Record<Role, string[]> = {
  viewer: [
    'POST /accounts',
    'POST /accounts/active',
    'POST /settings/people/departure',
    'POST /settings/you',
    'POST /test-mode',
    'POST /settings/you/fresh-sign-in',
    'POST /settings/you/sessions/removal',
    'POST /settings/you/sessions/others/removal',
    'POST /settings/you/passkeys',
    'POST /settings/you/passkeys/challenges',
    'POST /settings/you/passkeys/removal',
    'POST /translations/:language/:kind/preview',
  ],
  member: [
    'GET /documents/:id/deliveries/:deliveryId/correction',
    'POST /documents/:id/deliveries/:deliveryId/correction',
    'POST /documents/:id/deliveries/:deliveryId/repeats',
    'POST /documents/:id/deliveries/:deliveryId/dismissal',
    'GET /documents/:id/deliveries/:deliveryId/mail.eml',
    'GET /suppressions/export',
    'GET /deliveries/export',
    'GET /contacts/new',
    'GET /contacts/export',
    'GET /contacts/suggestions',
    'GET /contacts/:id/data',
    'GET /contacts/imports/new',
    'POST /contacts/imports',
    'GET /contacts/imports/:id',
    'POST /contacts/imports/:id/checks',
    'POST /contacts/imports/:id/runs',
    'GET /contacts/:id/deletion',
    'POST /contacts/:id/deletion',
    'POST /contacts/:id/corrections',
    'POST /contacts',
    'GET /contacts/:id/edit',
    'POST /contacts/:id',
    'POST /contacts/:id/archive',
    'POST /contacts/:id/restoration',
    'GET /contacts/:id/merging',
    'POST /contacts/:id/merging',
    'POST /contacts/:id/separation',
    'GET /documents/new',
    'POST /documents',
    'POST /documents/form',
    'POST /documents/:id',
    'GET /documents/:id/edit',
    'GET /documents/:id/deletion',
    'POST /documents/:id/deletion',
    'POST /documents/:id/finalisation',
    'POST /documents/:id/payment',
    'POST /documents/:id/payment/reversal',
    'POST /documents/:id/copies',
    'GET /documents/:id/credit-notes/new',
    'POST /documents/:id/credit-notes',
    'POST /documents/:id/attachments',
    'POST /documents/:id/attachments/:attachmentId/publication',
    'POST /documents/:id/attachments/:attachmentId/removal',
    'POST /documents/:id/links',
    'GET /documents/:id/sends/new',
    'POST /documents/:id/sends',
    'GET /documents/:id/sends/preview',
    'POST /documents/:id/sends/preview',
    'POST /documents/:id/sends/:sendId/cancellation',
    'GET /documents/:id/sends/:sendId/schedule',
    'POST /documents/:id/sends/:sendId/schedule',
    'POST /bulk-sends',
    'POST /bulk-sends/:id/steps',
    'POST /bulk-sends/:id/confirmation',
    'POST /bulk-sends/:id/cancellation',
    'POST /bulk-sends/:id/retries',
    'POST /settings/stripe/events/:id/credit-notes',
  ],
  admin: [
    'GET /contacts/:id/forgetting',
    'POST /contacts/:id/forgetting',
    'POST /translations',
    'GET /translations/:language/deletion',
    'POST /translations/:language/deletion',
    'POST /translations/:language/labels',
    'POST /translations/:language/:kind',
    'POST /translations/:language/:kind/default',
    'POST /translations/:language/:kind/tests',
    'POST /documents/:id/deliveries/:deliveryId/exceptions',
    'POST /suppressions',
    'GET /suppressions/release',
    'POST /suppressions/release',
    'POST /settings/company',
    'POST /settings/company/reply-address/confirmations',
    'POST /settings/documents',
    'POST /settings/logo',
    'POST /settings/logo/removal',
    'POST /settings/taxes',
    'POST /settings/numbers',
    'POST /settings/mail',
    'POST /settings/retention',
    'GET /settings/mail-provider/:place',
    'POST /settings/mail-provider/:place',
    'POST /settings/mail-provider/:place/tests',
    'POST /settings/mail-provider/:place/removal',
    'POST /settings/api',
    'POST /settings/api/:id/revocation',
    'GET /settings/webhooks',
    'POST /settings/webhooks',
    'GET /settings/webhooks/:id',
    'POST /settings/webhooks/:id',
    'POST /settings/webhooks/:id/activation',
    'POST /settings/webhooks/:id/secrets',
    'POST /settings/webhooks/:id/tests',
    'POST /settings/webhooks/:id/removal',
    'POST /settings/webhooks/:id/calls/:eventId/repeats',
    'POST /settings/sender-address',
    'POST /settings/sender-address/checks',
    'POST /settings/sender-address/removal',
    'POST /settings/sender-address/keys',
    'POST /settings/sender-address/keys/:selector/removal',
    'POST /settings/stripe',
    'POST /settings/stripe/connection',
    'POST /settings/stripe/disconnection',
    'POST /settings/stripe/tax',
    'POST /settings/stripe/events/:id/replay',
    'POST /settings/people/invitations',
    'POST /settings/people/invitations/:id/mails',
    'POST /settings/people/invitations/:id/cancellation',
    'POST /settings/people/:userId/removal',
    'GET /settings/audit',
  ],
  owner: [
    'POST /settings/people/:userId/role',
    'GET /settings/closing',
    'POST /settings/closing',
    'POST /settings/closing/revocation',
    'POST /settings/mail/resumption',
    'GET /settings/closing/exports/:part',
  ],
}

/** Reading is everybody's unless the table says otherwise. */
const needed = (route: string): Role | undefined =>
  ROLES.find((role) => NEEDS[role].includes(route)) ?? (route.startsWith('GET ') ? 'viewer' : undefined)

const REQUESTS: Record<string, Request> = { ...NAMED, ...OWN }

const CASES = Object.entries(REQUESTS).map(([route, request]) => ({ route, request, needs: needed(route) }))

const worldFor = sharedWorld()

describe('the table of roles', () => {
  it('names a role for every route that changes something, and nothing else', () => {
    expect(CASES.filter(({ needs }) => needs === undefined).map(({ route }) => route)).toEqual([])
    expect(
      Object.values(NEEDS)
        .flat()
        .filter((route) => !(route in REQUESTS)),
    ).toEqual([])
  })
})

/** All that may read; of those who may change something the least, since the storage is put back after each: tenancy.test.ts tries the owner. */
const rolesToTry = (route: string, needs: Role): Role[] =>
  route.startsWith('GET ') ? ROLES.filter((role) => atLeast(role, needs)) : [needs]

describe.each(CASES)('$route', ({ route, request, needs = 'owner' }) => {
  it.each(rolesToTry(route, needs))('is for a(n) %s', async (role) => {
    const { owner, its, people } = await worldFor(route.startsWith('GET ') ? 'read' : 'change')
    const answer = await ask(people[role], await request(owner, its))
    expect(answer.status, await answer.text()).toBeLessThan(400)
  })

  it.each(ROLES.filter((role) => !atLeast(role, needs)))('is not for a %s', async (role) => {
    const { owner, its, people } = await worldFor('read')
    const [who, asked] = [people[role], await request(owner, its)]
    const before = await rowsOf(owner.accountId)
    const answer = await ask(who, asked)
    expect(answer.status).toBe(403)
    expect(await textOf(answer)).toContain(`This requires the role “${needs[0]?.toUpperCase()}${needs.slice(1)}”`)
    expect(await rowsOf(owner.accountId)).toEqual(before)
  })
})
