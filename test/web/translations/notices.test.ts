import { env } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mailProblemNotices } from '../../../src/commands/sends/mail-problem-notices'
import { NOTICE_KINDS } from '../../../src/domain/translation'
import { routes } from '../../../src/routes'
import { formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { report, sentInvoice } from '../../support/failures'
import { letterTo } from '../../support/mailbox'
import { invoiceFor } from '../../support/sendable'
import { sink } from '../../support/sink'

let merchant: Merchant

beforeAll(freshStorage)
beforeEach(async () => {
  await sink.clear()
  merchant = await signUp({ settings: { batchWindowMs: 0 } })
})

const editor = routes.translation
const write = (language: string, kind: string, fields: Record<string, string>) =>
  merchant.fillIn(editor(language, kind), fields)
const preview = (language: string, kind: string, typed: Record<string, string>) =>
  merchant.post(routes.translationPreview(language, kind), { ...typed, view: 'text' }).then(textOf)
const words = (path: string) => merchant.get(path).then(textOf)
const ownTexts = () => rows('SELECT * FROM translations WHERE account_id = ?', merchant.accountId)
const bounced = async (name = 'Anna Bäcker') => {
  const mail = await sentInvoice(merchant, { contact: { name, emails: [`gone-${name.length}@simulator.test`] } })
  await report(mail, 'bounced_hard', '550 5.1.1 No such user here')
  return mail
}
const mailNotices = () => mailProblemNotices(testDeps({ log: () => undefined }))
const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim()

describe('the notices among the texts', () => {
  it('are a separate group, with the purpose and the fixed text of each', async () => {
    const page = await words(routes.languageTexts('en'))
    expect(page).toMatch(/E-mails to customers Invoice .*New link .*Notices .*Failed delivery .*Reply address/)
    expect(page).toContain('The sign-in e-mail can’t be changed')
    expect(await words(editor('en', 'problem_notice'))).toContain('The status, document, customer and address')
    expect(await words(editor('en', 'invitation'))).toContain('can’t contain your own links')
    expect((await merchant.get(editor('en', 'sign_in'))).status).toBe(404)
  })

  it('offer the variables of their kind, and are checked like other texts', async () => {
    const page = await words(editor('en', 'problem_digest'))
    expect(page).toContain('{{ problems.count }}')
    expect(page).not.toContain('{{ document.total }}')
    const response = await write('en', 'problem_digest', { body: 'a\n{{ document.total }}' })
    expect(response.status).toBe(422)
    expect(await textOf(response)).toContain('Line 2, column 4: There is no variable document.total.')
    const live = await merchant.post(routes.translationPreview('en', 'invitation'), {
      ...{ subject: 'x', body: 'see evil.example', load: 'problems' },
    })
    expect(await textOf(live)).toContain(
      'Line 1, column 5: This e-mail can’t contain links other than that of its button: evil.example',
    )
    expect(await ownTexts()).toEqual([])
  })

  it('are copied into a custom language, and listed when they are missing', async () => {
    await merchant.fillIn(routes.translations, { tag: 'pl', copyOf: 'en' })
    expect(await ownTexts()).toHaveLength(9)
    const reset = routes.translationDefault('pl', 'invitation')
    await merchant.post(reset, await formFields(await merchant.get(editor('pl', 'invitation')), reset))
    expect(await words(routes.languageTexts('pl'))).toContain('Invitation Missing: taken from French')
    expect(await words(editor('pl', 'problem_notice'))).toContain('are shown here in French')
  })
})

describe('a reworded notice', () => {
  it('of a failed delivery is the mail in the preview, and still contains all facts', async () => {
    const mail = await bounced()
    const text = { subject: 'Ouch: {{ document.number }}', body: '{{ contact.name }}? [Mend]({{ problem.link }})' }
    const shown = await preview('en', 'problem_notice', { ...text, document: mail.documentId })
    await write('en', 'problem_notice', text)
    await env.DB.prepare("UPDATE users SET language = 'en' WHERE id = ?").bind(merchant.userId).run()
    await mailNotices()
    const letter = await letterTo(merchant.email)
    const { number } = await row<{ number: string }>('SELECT number FROM documents WHERE id = ?', mail.documentId)
    expect(letter.subject).toBe(`Ouch: ${number}`)
    expect(letter.text).toContain('Anna Bäcker? Mend (http://facteur.test/documents/')
    for (const part of [
      'Bounced',
      number,
      'gone-11@simulator.test',
      'rejected the e-mail permanently',
      '550 5.1.1 No such',
    ])
      expect(letter.text).toContain(part)
    expect(squeezed(shown)).toContain(squeezed(letter.text))
    expect(squeezed(shown)).toContain(letter.subject)
  })

  it('of several is too', async () => {
    await bounced('Anna')
    await bounced('Bertha')
    const text = { subject: '{{ problems.count }} went wrong', body: 'See [them]({{ problems.link }}).' }
    const shown = await preview('en', 'problem_digest', text)
    await write('en', 'problem_digest', text)
    await mailNotices()
    const letter = await letterTo(merchant.email)
    expect(letter.subject).toBe('2 went wrong')
    for (const part of ['Anna', 'Bertha', '550 5.1.1']) expect(letter.text).toContain(part)
    expect(squeezed(shown)).toContain(squeezed(letter.text))
  })

  it('of an invitation or a reply address explains its link below the text', async () => {
    await write('en', 'invitation', {
      subject: 'Join us at {{ company.name }}',
      body: '{{ person.name }} says **hi**.',
    })
    await merchant.fillIn(routes.peopleSettings, { email: 'new@shop.example', role: 'member' }, routes.invitations)
    const invitation = await letterTo('new@shop.example')
    expect(invitation.subject).toBe('Join us at Atelier Dupré')
    expect(invitation.text).toMatch(/Camille Martin says hi\.\s+The button opens the invitation to Atelier Dupré/)
    expect(invitation.link).toMatch(/^\/invitations\//)

    await write('en', 'reply_confirmation', { subject: 'Is this {{ company.email }}?', body: 'Please say so.' })
    await env.DB.prepare(
      "UPDATE accounts SET confirmed_reply_email = '', company = json_set(company, '$.email', 'replies@shop.example') WHERE id = ?",
    )
      .bind(merchant.accountId)
      .run()
    await merchant.post(routes.replyAddressConfirmations)
    const confirmation = await letterTo('replies@shop.example')
    expect(confirmation.subject).toBe('Is this replies@shop.example?')
    expect(confirmation.link).toMatch(/^\/reply-address\//)
  })

  it('is put back to the default', async () => {
    await write('en', 'invitation', { subject: 'Mine', body: 'Mine' })
    const reset = routes.translationDefault('en', 'invitation')
    await merchant.post(reset, await formFields(await merchant.get(editor('en', 'invitation')), reset))
    expect(await ownTexts()).toEqual([])
    expect(await words(editor('en', 'invitation'))).toContain('{{ person.name }} invites you to work')
  })

  it('can’t be changed or seen by another account', async () => {
    await write('en', 'invitation', { subject: 'Mine', body: 'Mine' })
    const other = await signUp()
    expect(await textOf(await other.get(editor('en', 'invitation')))).not.toContain('Changed by you')
    const mail = await bounced()
    const response = await other.get(`${routes.translationPreview('en', 'problem_notice')}?document=${mail.documentId}`)
    expect(response.status).toBe(404)
  })
})

describe('the trial of a notice', () => {
  it('uses a failure of the account, else makes one up for its latest document, or without one', async () => {
    const shown = () =>
      merchant.get(routes.translationPreview('en', 'problem_notice')).then((response) => response.text())
    expect(await shown()).toContain('Sample Customer Ltd')
    await invoiceFor(merchant, { contact: { name: 'Zoë' } })
    expect(await shown()).toContain('Zoë')
    await bounced('Anna')
    expect(await shown()).toContain('gone-4@simulator.test')
  })

  it.each(NOTICE_KINDS)('is mailed to the person who asks: %s', async (kind) => {
    const form = await formFields(await merchant.get(editor('de', kind)), editor('de', kind))
    const response = await merchant.post(routes.translationTests('de', kind), { ...form, body: 'Nur ein Versuch' })
    expect(response.status).toBe(200)
    const letter = await letterTo(merchant.email)
    expect(letter.text).toContain('Nur ein Versuch')
    expect(letter.text).toContain('Sie ')
    expect(await ownTexts()).toEqual([])
  })
})
