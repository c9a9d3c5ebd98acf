import { beforeEach, expect, it } from 'vitest'
import { saveConnection } from '../../../src/commands/providers/save-connection'
import { testConnection } from '../../../src/commands/providers/test-connection'
import { resolveRoutes } from '../../../src/commands/sends/resolve-mail-routes'
import type { OutgoingMail, SendOutcome } from '../../../src/mail/mailer'
import { plainMail } from '../../../src/mail/plain-mail'
import { freshStorage, row } from '../../support/database'
import { testDeps } from '../../support/deps'
import { insertAccount } from '../../support/fixtures'

const config = { ...testDeps().config, BOUNCE_DOMAIN: 'bounces.facteur.test' }
const accepted: SendOutcome = { type: 'accepted', providerMessageId: '', text: '250 Ok' }

/** A mail server that takes no envelope sender but the account's own. */
function strictServer() {
  const sent: OutgoingMail[] = []
  const send = async (mail: OutgoingMail): Promise<SendOutcome> => {
    sent.push(mail)
    return mail.returnPath ? { type: 'pause', reason: 'sender_refused', text: '550 5.7.1 not yours' } : accepted
  }
  return { sent, deps: testDeps({ config, mailer: () => ({ send, close: () => undefined }) }) }
}

const place = 'first' as const

beforeEach(async () => {
  await freshStorage()
  await insertAccount('mine')
  await saveConnection(testDeps(), {
    ...{ accountId: 'mine', actor: 'usr_1', place, kind: 'smtp', secrets: { pass: 'p' }, hookSecret: '' },
    settings: { from: 'billing@shop.example', host: 'smtp.shop.example', port: '587', user: 'billing' },
  })
})

const test = (deps: ReturnType<typeof testDeps>) =>
  testConnection(deps, {
    ...{ accountId: 'mine', place, to: 'owner@shop.example', company: 'Shop' },
    mail: plainMail('en', 'Test', ['One']),
  })

it('a server that takes no return path of ours is used without it, and remembered so', async () => {
  const { deps, sent } = strictServer()
  expect(await test(deps)).toEqual({ ok: true, value: accepted })
  expect(sent.map(({ returnPath }) => returnPath?.split('@')[1])).toEqual(['bounces.facteur.test', undefined])
  const { id } = await row<{ id: string }>('SELECT id FROM provider_connections')
  expect(await row('SELECT mail_connection FROM accounts')).toEqual({ mail_connection: id })
  expect((await resolveRoutes(deps, [id])).get(id)).toMatchObject({ plainReturnPath: true })
})

it('a server that takes it gets it, also when it refused it before', async () => {
  await test(strictServer().deps)
  const sent: OutgoingMail[] = []
  const send = async (mail: OutgoingMail) => {
    sent.push(mail)
    return accepted
  }
  const deps = testDeps({ config, mailer: () => ({ send, close: () => undefined }) })
  await test(deps)
  expect(sent.map(({ returnPath }) => returnPath?.split('@')[1])).toEqual(['bounces.facteur.test'])
  const { id } = await row<{ id: string }>('SELECT id FROM provider_connections')
  expect((await resolveRoutes(deps, [id])).get(id)).toMatchObject({ plainReturnPath: false })
})

it('a test of settings that were changed meanwhile says nothing of the new ones, and keeps them', async () => {
  const send = async () => {
    await saveConnection(testDeps({ now: () => Date.now() + 1 }), {
      ...{ accountId: 'mine', actor: 'usr_1', place, kind: 'smtp', secrets: { pass: '' }, hookSecret: '' },
      settings: { from: 'other@shop.example', host: 'smtp.shop.example', port: '587', user: 'other' },
    })
    return accepted
  }
  await test(testDeps({ config, mailer: () => ({ send, close: () => undefined }) }))
  const saved = await row<{ settings: string }>('SELECT settings, working_at FROM provider_connections')
  expect(JSON.parse(saved.settings)).toMatchObject({ from: 'other@shop.example' })
  expect(saved).toMatchObject({ working_at: null })
  expect(await row('SELECT mail_connection FROM accounts')).toEqual({ mail_connection: null })
})
