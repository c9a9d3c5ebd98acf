import PostalMime from 'postal-mime'
import { beforeAll, describe, expect, it } from 'vitest'
import { revokeLinks } from '../../../src/commands/sends/revoke-links'
import { sendFreshLink } from '../../../src/commands/sends/send-fresh-link'
import { hashToken } from '../../../src/commands/token'
import { resetTranslation, saveTranslation } from '../../../src/commands/translations/save-translation'
import { findHostedLink, type HostedLink } from '../../../src/db/hosted-links'
import type { OutgoingMail, SendOutcome } from '../../../src/mail/mailer'
import { Client, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { insertAccount } from '../../support/fixtures'
import { type Mailed, mailedDocument } from '../../support/hosted'

const YEAR_AND_A_DAY_MS = 366 * 86_400_000
const accountId = 'acc_fresh'
const visitor = new Client()

beforeAll(async () => {
  await freshStorage()
  await insertAccount(accountId)
})

const ACCEPTED: SendOutcome = { type: 'accepted', providerMessageId: '', text: '250 OK' }

/** Runs the command with the test's clock and mail server. */
function asking(outcome = ACCEPTED) {
  const sent: OutgoingMail[] = []
  let now = Date.now()
  const deps = testDeps({
    now: () => now,
    mailer: () => ({
      close: () => {},
      send: async (mail) => {
        sent.push(mail)
        return outcome
      },
    }),
  })
  return {
    sent,
    deps,
    later: (ms: number) => (now += ms),
    ask: async (mail: Mailed) => sendFreshLink(deps, await linkOf(mail)),
  }
}

async function linkOf({ token }: Mailed): Promise<HostedLink> {
  const link = await findHostedLink(testDeps().db, await hashToken(token))
  if (!link) throw new Error('no link')
  return link
}

const expired = (address?: string) =>
  mailedDocument(accountId, { mailedAt: Date.now() - YEAR_AND_A_DAY_MS, ...(address && { address }) })

describe('a fresh link', () => {
  it('goes to the address of the old one, opens the page, and the old one stays expired', async () => {
    const mail = await expired('anna@example.org')
    const { sent, ask } = asking()
    expect(await ask(mail)).toEqual({ ok: true, value: true })
    const { text = '', subject } = await PostalMime.parse(sent[0]?.mime ?? '')
    const path = /http:\/\/facteur\.test(\/d\/[\w-]{22})\b/.exec(text)?.[1] ?? ''
    expect(sent.map(({ to }) => to)).toEqual(['anna@example.org'])
    const { number } = await row<{ number: string }>('SELECT number FROM documents WHERE id = ?', mail.documentId)
    expect(subject).toContain(number)
    expect((await visitor.get(path)).status).toBe(200)
    expect((await visitor.get(mail.path)).status).toBe(410)
    const history = await rows('SELECT type, delivery_id FROM history WHERE document_id = ?', mail.documentId)
    expect(history).toEqual([{ type: 'fresh_link', delivery_id: mail.deliveryId }])
  })

  it('uses the merchant’s custom text', async () => {
    const { sent, ask, deps } = asking()
    const text = { subject: 'Neu für {{ contact.name }}: {{ document.number }}', body: '[Hier]({{ document.link }})' }
    const ref = { accountId, actor: 'user_1', language: 'fr', kind: 'fresh_link', version: 0 } as const
    await saveTranslation(deps, ref, text)
    await ask(await expired('own-words@example.org'))
    const mail = await PostalMime.parse(sent[0]?.mime ?? '')
    expect(mail.subject).toMatch(/^Neu für Librairie Aubert: h\d+-1$/)
    expect(mail.text).toMatch(/^Hier \(http:\/\/facteur\.test\/d\//)
    await resetTranslation(deps, { ...ref, version: 1 })
  })

  it('is revoked with the other links of the document', async () => {
    const mail = await expired()
    const { sent, ask, deps } = asking()
    await ask(mail)
    const { text = '' } = await PostalMime.parse(sent[0]?.mime ?? '')
    const path = /\/d\/[\w-]{22}/.exec(text)?.[0] ?? ''

    await revokeLinks(deps, { accountId, userId: 'user_1', documentId: mail.documentId })
    expect((await visitor.get(path)).status).toBe(404)
  })

  it('can be requested every ten minutes, and five times a day at most', async () => {
    const mail = await expired()
    const { sent, ask, later } = asking()
    await ask(mail)
    expect(await ask(mail)).toMatchObject({ reason: 'asked_lately' })
    for (let n = 0; n < 8; n++) {
      later(11 * 60_000)
      await ask(mail)
    }
    expect(sent).toHaveLength(5)
    later(24 * 3_600_000)
    await ask(mail)
    expect(sent).toHaveLength(6)
  })

  it('is not mailed to an address that bounces, but to one that only unsubscribed', async () => {
    const { sent, ask, deps } = asking()
    const suppress = (address: string, reason: string) =>
      deps.db.$client
        .prepare("INSERT INTO suppressions VALUES (?, ?, ?, '', NULL, 0, '')")
        .bind(accountId, address, reason)
        .run()
    await suppress('gone@example.org', 'hard_bounce')
    await suppress('quiet@example.org', 'unsubscribed')
    expect(await ask(await expired('gone@example.org'))).toMatchObject({ reason: 'address_stopped' })
    expect(await ask(await expired('quiet@example.org'))).toMatchObject({ ok: true })
    expect(sent.map(({ to }) => to)).toEqual(['quiet@example.org'])
  })

  it('is not reported as sent when no server accepted it', async () => {
    const mail = await expired()
    expect(await asking({ type: 'retry', text: '421' }).ask(mail)).toMatchObject({ reason: 'mail_failed' })
    expect(await rows('SELECT id FROM history WHERE document_id = ?', mail.documentId)).toEqual([])
  })
})

describe('the button on the expired page', () => {
  it('mails one, and says where to look', async () => {
    const mail = await expired()
    const answer = await visitor.post(`${mail.path}/fresh-links`)
    expect(await textOf(await visitor.get(answer.headers.get('location') ?? ''))).toContain('Un nouveau lien part')
    expect(await rows('SELECT * FROM fresh_links WHERE delivery_id = ?', mail.deliveryId)).toHaveLength(1)
    expect(await textOf(await visitor.post(`${mail.path}/fresh-links`))).toContain(
      'vient d’être envoyé à a…@example.org',
    )
  })

  it('does nothing for a link that is still valid', async () => {
    const mail = await mailedDocument(accountId)
    expect((await visitor.post(`${mail.path}/fresh-links`)).headers.get('location')).toBe(mail.path)
    expect(await rows('SELECT * FROM fresh_links WHERE delivery_id = ?', mail.deliveryId)).toHaveLength(0)
  })

  it('answers an unknown token with not found', async () => {
    expect((await visitor.post('/d/AbCdEfGhIjKlMnOpQrSt-_/fresh-links')).status).toBe(404)
  })
})
