import { env } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { Client, formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, rows } from '../../support/database'
import { type Mailed, mailedDocument } from '../../support/hosted'

let merchant: Merchant
const visitor = new Client()

beforeAll(async () => {
  await freshStorage()
  merchant = await signUp({ email: 'subscription@facteur.test' })
})

const mailed = (options: Parameters<typeof mailedDocument>[1] = {}) => mailedDocument(merchant.accountId, options)
const pathOf = (mail: Mailed) => `${mail.path}/unsubscription`
const choose = (mail: Mailed, wish: string) => visitor.post(pathOf(mail), { wish })

const suppressed = (accountId = merchant.accountId) =>
  rows<{ address_key: string; reason: string }>(
    'SELECT address_key, reason FROM suppressions WHERE account_id = ? ORDER BY address_key',
    accountId,
  )
const optouts = () => rows('SELECT address_key FROM notice_optouts WHERE account_id = ?', merchant.accountId)

const historyOf = async ({ documentId }: Mailed) =>
  (
    await rows<{ type: string; data: string }>(
      'SELECT type, data FROM history WHERE document_id = ? ORDER BY at, id',
      documentId,
    )
  ).map(({ type, data }) => `${type} ${JSON.parse(data).wish}`)

describe('one click in a mail program (RFC 8058)', () => {
  const oneClick = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    exports.default.fetch(new URL(path, 'http://facteur.test').href, { method: 'POST', body, headers })

  it('stops all mails of this merchant to this address, without cookies or origin', async () => {
    const mail = await mailed({ address: 'Anna.One@example.org' })
    const response = await oneClick(pathOf(mail), new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }))
    expect(response.status).toBe(200)
    expect(await suppressed()).toContainEqual({ address_key: 'anna.one@example.org', reason: 'unsubscribed' })
    expect(await historyOf(mail)).toEqual(['unsubscribed none'])
  })

  it('may come as multipart, from another origin, and twice', async () => {
    const mail = await mailed({ address: 'multi@example.org' })
    for (const _ of [1, 2]) {
      const body = new FormData()
      body.set('List-Unsubscribe', 'One-Click')
      expect((await oneClick(pathOf(mail), body, { origin: 'https://mail.example' })).status).toBe(200)
    }
    expect(await suppressed()).toContainEqual({ address_key: 'multi@example.org', reason: 'unsubscribed' })
    expect(await historyOf(mail)).toEqual(['unsubscribed none'])
  })

  it('works when the link has expired or was revoked', async () => {
    const expired = await mailed({ address: 'expired@example.org', mailedAt: 0 })
    const revoked = await mailed({ address: 'revoked@example.org' })
    await env.DB.prepare('UPDATE documents SET links_revoked_at = ? WHERE id = ?')
      .bind(Date.now() + 1000, revoked.documentId)
      .run()
    for (const mail of [expired, revoked])
      expect((await oneClick(pathOf(mail), new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }))).status).toBe(200)
    expect((await suppressed()).map(({ address_key }) => address_key)).toEqual(
      expect.arrayContaining(['expired@example.org', 'revoked@example.org']),
    )
  })

  it('is not found for an invalid token', async () => {
    const response = await oneClick(
      '/d/AbCdEfGhIjKlMnOpQrSt-_/unsubscription',
      new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    )
    expect(response.status).toBe(404)
  })
})

describe('the page', () => {
  it('offers the less restrictive choice first, and changes nothing when opened', async () => {
    const mail = await mailed({ address: 'looks@example.org' })
    const response = await visitor.get(pathOf(mail))
    const text = await textOf(response)
    expect(text).toContain('l…@example.org reçoit les factures')
    expect(text.indexOf('Plus d’avis ni de rappels')).toBeLessThan(text.indexOf('Plus aucun e-mail'))
    expect(text.indexOf('Plus d’avis ni de rappels')).toBeGreaterThan(0)
    expect(text).not.toContain('108,00')
    expect((await suppressed()).map(({ address_key }) => address_key)).not.toContain('looks@example.org')
    expect(await historyOf(mail)).toEqual([])
  })

  it('can stop notices while documents are sent as before', async () => {
    const mail = await mailed({ address: 'documents@example.org' })
    const response = await choose(mail, 'documents')
    expect(await textOf(await visitor.follow(response))).toContain('mais ni avis ni rappels')
    expect(await optouts()).toContainEqual({ address_key: 'documents@example.org' })
    expect((await suppressed()).map(({ address_key }) => address_key)).not.toContain('documents@example.org')
    expect(await historyOf(mail)).toEqual(['unsubscribed documents'])
  })

  it('stops everything, and can be undone', async () => {
    const mail = await mailed({ address: 'undo@example.org' })
    const stopped = await visitor.follow(await choose(mail, 'none'))
    const fields = await formFields(stopped.clone(), pathOf(mail))
    expect(await textOf(stopped)).toContain('n’envoie plus d’e-mails à cette adresse')
    expect(fields).toHaveProperty('wish')
    await choose(mail, 'documents')
    await choose(mail, 'documents')
    await choose(mail, 'all')
    expect((await suppressed()).map(({ address_key }) => address_key)).not.toContain('undo@example.org')
    expect(await optouts()).not.toContainEqual({ address_key: 'undo@example.org' })
    expect(await historyOf(mail)).toEqual(['unsubscribed none', 'resubscribed documents', 'resubscribed all'])
  })

  it('does not lift a block that the recipient may not lift', async () => {
    const mail = await mailed({ address: 'complained@example.org' })
    await env.DB.prepare("INSERT INTO suppressions VALUES (?, 'complained@example.org', 'complaint', '', NULL, 0, '')")
      .bind(merchant.accountId)
      .run()
    expect(await textOf(await visitor.get(pathOf(mail)))).toContain('écrivez à Atelier Dupré')
    for (const wish of ['none', 'all']) await choose(mail, wish)
    expect(await suppressed()).toContainEqual({ address_key: 'complained@example.org', reason: 'complaint' })
    expect(await historyOf(mail)).toEqual([])
  })

  it('refuses an unknown choice', async () => {
    const mail = await mailed()
    expect((await choose(mail, 'everything')).status).toBe(400)
    expect((await visitor.post(pathOf(mail))).status).toBe(400)
  })

  it('applies to this merchant only', async () => {
    const other = await signUp({ email: 'other-seller@facteur.test' })
    await mailedDocument(other.accountId, { address: 'both@example.org' })
    await choose(await mailed({ address: 'both@example.org' }), 'none')
    expect(await suppressed(other.accountId)).toEqual([])
  })
})
