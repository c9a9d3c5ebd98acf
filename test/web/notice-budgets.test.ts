/** Tests the daily budget of an account for mails that Facteur writes itself, across any number of isolates. */
import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { invitePerson } from '../../src/commands/accounts/invite-person'
import { mailProblemNotices } from '../../src/commands/sends/mail-problem-notices'
import { meterNotice } from '../../src/commands/sends/meter-notice'
import { sendFreshLink } from '../../src/commands/sends/send-fresh-link'
import { hashToken } from '../../src/commands/token'
import { findHostedLink } from '../../src/db/hosted-links'
import { NOTICE_BUDGETS, type NoticeBudget, noticeDayEnds } from '../../src/domain/notice-budget'
import { type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { report, sentInvoice } from '../support/failures'
import { mailedDocument } from '../support/hosted'
import { sink } from '../support/sink'

const DAY_MS = 86_400_000
let merchant: Merchant

beforeEach(async () => {
  await freshStorage()
  await sink.clear()
  merchant = await signUp()
})

/** Records so many notices as sent today. */
const used = (kind: NoticeBudget, mails: number = NOTICE_BUDGETS[kind]) =>
  env.DB.prepare('INSERT OR REPLACE INTO notice_counts (account_id, kind, day, used) VALUES (?, ?, ?, ?)')
    .bind(merchant.accountId, kind, new Date().toISOString().slice(0, 10), mails)
    .run()

describe('the budget of a kind of notice', () => {
  it('is never exceeded, however many ask at once, and begins anew with the day', async () => {
    const limit = NOTICE_BUDGETS.invitation
    const ask = (later: number) =>
      meterNotice(testDeps({ now: () => Date.now() + later }), merchant.accountId, 'invitation')
    const answers = await Promise.all(Array.from({ length: limit + 5 }, () => ask(0)))
    expect(answers.filter((refused) => refused !== undefined)).toHaveLength(5)
    expect(await ask(0)).toEqual({ ok: false, reason: 'notice_limit', details: { limit } })
    expect(await ask(DAY_MS)).toBeUndefined()
    expect(await rows('SELECT used FROM notice_counts')).toEqual([{ used: 1 }])
  })

  it('is counted per account and kind', async () => {
    await used('invitation')
    const other = await signUp()
    expect(await meterNotice(testDeps(), other.accountId, 'invitation')).toBeUndefined()
    expect(await meterNotice(testDeps(), merchant.accountId, 'reply_confirmation')).toBeUndefined()
  })
})

describe('what it stops', () => {
  it('confirmations of reply addresses, to one stranger after the other', async () => {
    for (let n = 0; n <= NOTICE_BUDGETS.reply_confirmation; n++) {
      await merchant.fillIn('/settings/company', { email: `stranger-${n}@example.org` })
      const page = await merchant.follow(await merchant.post('/settings/company/reply-address/confirmations'))
      const text = await textOf(page)
      if (n < NOTICE_BUDGETS.reply_confirmation) expect(text).toContain('on its way to your reply address')
      else expect(text).toContain('has sent all the e-mails of this kind that it may send today')
    }
    const toStrangers = (await sink.rawMails()).filter(({ to }) => JSON.stringify(to).includes('stranger-'))
    expect(toStrangers).toHaveLength(NOTICE_BUDGETS.reply_confirmation)
    const { reply_token_hash: waiting } = await row(
      'SELECT reply_token_hash FROM accounts WHERE id = ?',
      merchant.accountId,
    )
    expect(waiting, 'the last link that left stays worth something only for its own address').toBeNull()
  })

  it('invitations, which are not written either', async () => {
    await used('invitation')
    const { accountId, userId: actor } = merchant
    const one = { accountId, actor, email: 'x@example.org', role: 'member', language: 'en' } as const
    expect(await invitePerson(testDeps(), one)).toMatchObject({ ok: false, reason: 'notice_limit' })
    expect(await rows('SELECT id FROM invitations')).toEqual([])
    const page = await merchant.post('/settings/people/invitations', { email: 'x@example.org', role: 'member' })
    expect(page.status).toBe(422)
    expect(await textOf(page)).toContain(`that it may send today (${NOTICE_BUDGETS.invitation})`)
  })

  it('fresh links, and only by those that were really mailed', async () => {
    const mail = await mailedDocument(merchant.accountId, { mailedAt: Date.now() - 366 * DAY_MS })
    const link = await findHostedLink(testDeps().db, await hashToken(mail.token))
    if (!link) throw new Error('no link')
    expect((await sendFreshLink(testDeps(), link)).ok).toBe(true)
    expect(await sendFreshLink(testDeps(), link)).toMatchObject({ reason: 'asked_lately' })
    expect(await row('SELECT used FROM notice_counts')).toEqual({ used: 1 })
    await used('fresh_link')
    const later = testDeps({ now: () => noticeDayEnds(Date.now()) - 1 })
    await env.DB.prepare('DELETE FROM fresh_links').run()
    expect(await sendFreshLink(later, link)).toMatchObject({ reason: 'fresh_links_used' })
    await env.DB.prepare('DELETE FROM fresh_links').run()
    expect(await textOf(await merchant.post(`${mail.path}/fresh-links`))).toContain('Aucun nouveau lien')
  })

  it('mails about problems, which wait for the next day', async () => {
    await report(await sentInvoice(merchant, { contact: { emails: ['gone@simulator.test'] } }), 'bounced_hard', 'gone')
    await used('problems')
    expect(await mailProblemNotices(testDeps())).toBe(0)
    const { due } = await row('SELECT problems_due_at AS due FROM members WHERE user_id = ?', merchant.userId)
    expect(due).toBe(noticeDayEnds(Date.now()))
    expect(await mailProblemNotices(testDeps({ now: () => noticeDayEnds(Date.now()) }))).toBe(1)
  })

  it('tests of a text', async () => {
    await used('translation_test')
    const page = await merchant.get('/translations/en/invoice')
    expect(page.status).toBe(200)
    const answer = await merchant.post('/translations/en/invoice/tests', { subject: 'A', body: 'B' })
    expect(answer.status).toBe(422)
    expect(await textOf(answer)).toContain('has sent all the e-mails of this kind')
    expect(await sink.rawMails()).toEqual([])
  })
})
