import { env } from 'cloudflare:test'
import PostalMime from 'postal-mime'
import { beforeEach, describe, expect, it } from 'vitest'
import { mailProblemNotices } from '../../../src/commands/sends/mail-problem-notices'
import { routes } from '../../../src/routes'
import { type Merchant, signUp } from '../../support/client'
import { callNumbers, mortalDeps, Process } from '../../support/crash'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { report, type SentMail, sentInvoice } from '../../support/failures'
import { sink } from '../../support/sink'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

let merchant: Merchant
/** Runs the notices of a tick after some time. */
const mailNotices = (later = 0) => mailProblemNotices(testDeps({ now: () => Date.now() + later, log: () => undefined }))

beforeEach(async () => {
  await freshStorage()
  await sink.clear()
  merchant = await signUp({ email: 'owner@shop.example', settings: { timeZone: 'Europe/Paris' } })
})

const wants = (who: Merchant, mode: string) =>
  env.DB.prepare('UPDATE members SET notify_problems = ? WHERE user_id = ?').bind(mode, who.userId).run()
const letters = async (to = 'owner@shop.example') => {
  const mails = (await sink.rawMails()).filter((mail) => mail.to === to)
  return Promise.all(mails.map(({ raw }) => PostalMime.parse(raw)))
}
let mails = 0
const failing = (name = 'Anna Bäcker'): Promise<SentMail> => {
  mails += 1
  return sentInvoice(merchant, { contact: { name, emails: [`gone+${mails}@simulator.test`] } })
}
const bounce = async (mail: SentMail) => report(mail, 'bounced_hard', '550 5.1.1 No such user here')

describe('a notice of a failed delivery', () => {
  it('leaves with the next tick, names the failure, and links to the step that fixes it', async () => {
    const mail = await failing()
    await bounce(mail)
    expect(await mailNotices()).toBe(1)
    const [letter, ...more] = await letters()
    expect(more).toEqual([])
    const { number } = await row<{ number: string }>('SELECT number FROM documents WHERE id = ?', mail.documentId)
    expect(letter?.subject).toBe(`Bounced: ${number} for Anna Bäcker (gone+${mails}@simulator.test)`)
    for (const part of ['bounced', 'rejected the e-mail permanently', '550 5.1.1 No such user here'])
      expect(letter?.text).toContain(part)
    expect(letter?.text).toContain(
      `Correct the address\nhttp://facteur.test${routes.deliveryCorrection(mail.documentId, mail.deliveryId)}`,
    )
    expect(letter?.text).toContain(routes.personalSettings)
    expect(letter?.html).toContain('Correct the address')
  })

  it('asks for another address if the recipient wants no mail', async () => {
    await report(await failing(), 'complained', 'spam', { key: 'spam' })
    await mailNotices()
    const [letter] = await letters()
    expect(letter?.text).toContain('Use another address')
    expect(letter?.text).not.toContain('Correct the address')
  })

  it('is mailed once, even if the provider repeats the event, and in any number of ticks', async () => {
    const mail = await failing()
    await bounce(mail)
    await mailNotices()
    await report(mail, 'bounced_hard', 'again', { key: 'again' })
    await report(mail, 'complained', 'spam', { key: 'spam' })
    for (const later of [1, HOUR_MS, 50 * HOUR_MS]) await mailNotices(later)
    expect(await letters()).toHaveLength(1)
  })

  it('reaches others when one can’t be made, which is tried again later', async () => {
    await bounce(await failing())
    const first = merchant
    merchant = await signUp({ email: 'other@shop.example' })
    await bounce(await failing())
    await env.DB.prepare('UPDATE members SET problems_due_at = 1 WHERE user_id = ?').bind(first.userId).run()
    const zone = (name: string) =>
      env.DB.prepare("UPDATE accounts SET settings = json_set(settings, '$.timeZone', ?) WHERE id = ?")
        .bind(name, first.accountId)
        .run()
    await wants(first, 'daily')
    await zone('Nowhere/Never')
    expect(await mailNotices()).toBe(1)
    expect(await letters('other@shop.example')).toHaveLength(1)
    await zone('Europe/Paris')
    await mailNotices(25 * HOUR_MS)
    await mailNotices(50 * HOUR_MS)
    expect(await letters()).toHaveLength(1)
  })

  it('is not mailed for a problem that is already settled', async () => {
    const mail = await failing()
    await bounce(mail)
    await merchant.fillIn(routes.deliveryCorrection(mail.documentId, mail.deliveryId), {
      address: 'right@simulator.test',
    })
    await mailNotices()
    expect(await letters()).toEqual([])
  })

  it('waits an hour for an unknown outcome, and is not mailed if an event settles it', async () => {
    const [arrives, stays] = [await failing(), await failing()]
    await env.DB.prepare("UPDATE deliveries SET status = 'unknown', rank = 3").run()
    await env.DB.batch(
      [arrives, stays].map(({ documentId, deliveryId }, n) =>
        env.DB.prepare(
          "INSERT INTO problems (account_id, document_id, delivery_id, seq, address_key, status, at) VALUES (?, ?, ?, ?, 'a', 'unknown', ?)",
        ).bind(merchant.accountId, documentId, deliveryId, n + 1, Date.now()),
      ),
    )
    await env.DB.prepare('UPDATE members SET problems_due_at = ?, problems_told = 0').bind(Date.now()).run()
    await mailNotices()
    await report(arrives, 'delivered')
    await mailNotices(30 * MINUTE_MS)
    expect(await letters()).toEqual([])
    await mailNotices(61 * MINUTE_MS)
    const [letter] = await letters()
    expect(letter?.subject).toContain('Unknown')
  })
})

describe('a burst', () => {
  it('makes one notice at once and one of all later problems, in the person’s language', async () => {
    await env.DB.prepare("UPDATE users SET language = 'fr'").run()
    await bounce(await failing('Premier'))
    await mailNotices()
    for (let n = 0; n < 12; n++) await bounce(await failing(`Client ${n}`))
    for (const later of [MINUTE_MS, 2 * MINUTE_MS, 29 * MINUTE_MS]) await mailNotices(later)
    expect(await letters()).toHaveLength(1)
    for (const later of [31 * MINUTE_MS, 32 * MINUTE_MS, 90 * MINUTE_MS]) await mailNotices(later)
    const [, digest, ...more] = await letters()
    expect(more).toEqual([])
    expect(digest?.subject).toBe('12 e-mails de Atelier Dupré n’ont pas pu être remis')
    expect(digest?.text).toContain('Client 0')
    expect(digest?.text).not.toContain('Premier')
    expect(digest?.text).toContain('Et 2 autres.')
  })

  it('of one moment is listed as a whole', async () => {
    for (let n = 0; n < 3; n++) await bounce(await failing(`Client ${n}`))
    await mailNotices()
    expect((await letters()).map(({ subject }) => subject)).toEqual([
      '3 e-mails of Atelier Dupré could not be delivered',
    ])
  })
})

describe('a member’s choice', () => {
  it('is followed: at once, once a day at eight, or never', async () => {
    const daily = await signUp({ accountId: merchant.accountId, email: 'daily@shop.example' })
    const never = await signUp({ accountId: merchant.accountId, email: 'never@shop.example' })
    const outsider = await signUp({ email: 'outsider@shop.example' })
    await wants(daily, 'daily')
    await wants(never, 'never')
    expect(outsider.accountId).not.toBe(merchant.accountId)
    await bounce(await failing('One'))
    await mailNotices()
    await bounce(await failing('Two'))
    for (let hours = 1; hours <= 26; hours++) await mailNotices(hours * HOUR_MS)
    expect(await letters()).toHaveLength(2)
    expect((await letters('daily@shop.example')).map(({ subject }) => subject)).toEqual([
      '2 e-mails of Atelier Dupré could not be delivered',
    ])
    expect(await letters('never@shop.example')).toEqual([])
    expect(await letters('outsider@shop.example')).toEqual([])
  })

  it('that changes from never notifies of later problems only', async () => {
    await wants(merchant, 'never')
    await bounce(await failing('Before'))
    await mailNotices()
    await wants(merchant, 'at_once')
    await bounce(await failing('After'))
    await mailNotices(31 * MINUTE_MS)
    const [letter, ...more] = await letters()
    expect(more).toEqual([])
    expect(letter?.subject).toContain('After')
  })
})

describe('a notice that fails', () => {
  it('is tried again when no server accepted it, and makes no notice', async () => {
    await bounce(await failing())
    await env.DB.prepare("UPDATE users SET email = 'defer-451-4.3.0@shop.example'").run()
    await mailNotices()
    await sink.clear()
    await env.DB.prepare("UPDATE users SET email = 'owner@shop.example'").run()
    await mailNotices(5 * MINUTE_MS)
    expect(await letters()).toEqual([])
    await mailNotices(11 * MINUTE_MS)
    expect(await letters()).toHaveLength(1)
    expect(await rows('SELECT 1 FROM problems')).toHaveLength(1)
  })

  it('is not tried again when the mailbox does not exist', async () => {
    await bounce(await failing())
    await env.DB.prepare("UPDATE users SET email = 'refuse-550-5.1.1@shop.example'").run()
    for (const later of [0, HOUR_MS, 2 * HOUR_MS]) await mailNotices(later)
    expect(await row('SELECT problems_due_at FROM members')).toEqual({ problems_due_at: null })
    expect(await rows('SELECT 1 FROM problems')).toHaveLength(1)
    expect(await rows('SELECT 1 FROM suppressions')).toHaveLength(1)
  })
})

describe('a process that dies while it mails notices', () => {
  it.each(['before', 'after'] as const)('%s any call mails no one twice', async (moment) => {
    for (const n of callNumbers(moment)) {
      await freshStorage()
      await sink.clear()
      merchant = await signUp({ email: 'owner@shop.example' })
      await bounce(await failing())
      const process = new Process(n, moment)
      const outside = testDeps({ log: () => undefined })
      const sent: string[] = []
      const send = async (mail: { to: string }) => {
        sent.push(mail.to)
        return { type: 'accepted' as const, providerMessageId: '', text: '' }
      }
      const mailer = () => ({ send, close: () => undefined })
      const mortal = () => ({ ...mailer(), send: (mail: { to: string }) => process.call(() => send(mail)) })
      const fate = await process.run(mailProblemNotices(mortalDeps(outside, env.DB, process, mortal)))
      for (const later of [MINUTE_MS, HOUR_MS, 2 * HOUR_MS])
        await mailProblemNotices(testDeps({ now: () => Date.now() + later, log: () => undefined, mailer }))
      // A notice is lost only between its claim and its mail; the app still shows the problem.
      expect(sent.length, `died ${moment} call ${n}`).toBeLessThanOrEqual(1)
      expect(await rows('SELECT 1 FROM problems WHERE settled_at IS NULL')).toHaveLength(1)
      if (fate === 'done') {
        expect(sent).toHaveLength(1)
        break
      }
    }
  })
})
