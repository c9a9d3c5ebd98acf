import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { saveTranslation } from '../../../src/commands/translations/save-translation'
import { BUILT_IN_LANGUAGES } from '../../../src/domain/languages'
import { TEXT_KINDS } from '../../../src/domain/translation'
import { nativeName } from '../../../src/i18n/format'
import { routes } from '../../../src/routes'
import { formFields, type Merchant, signUp, textOf } from '../../support/client'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { letterTo } from '../../support/mailbox'
import { mailed } from '../../support/mailed'
import { invoiceFor, latestSend, send, sendForm } from '../../support/sendable'
import { sink } from '../../support/sink'

let merchant: Merchant

beforeAll(freshStorage)
beforeEach(async () => {
  merchant = await signUp({ settings: { batchWindowMs: 0 } })
})

const editor = routes.translation

/** Opens the editor, changes its text and saves. */
const write = (language: string, kind: string, fields: Record<string, string>) =>
  merchant.fillIn(editor(language, kind), fields)

const words = (path: string) => merchant.get(path).then(textOf)

describe('the list of languages', () => {
  it('has the built-in ones, complete, marks the default and explains the rule', async () => {
    const page = await words(routes.translations)
    for (const language of BUILT_IN_LANGUAGES) expect(page).toContain(nativeName(language))
    expect(page).toContain('the language of the contact')
    expect(page).toMatch(
      /its base language: German for Austrian German.*your default: French.*the first in the list: English/,
    )
    expect(page.match(/complete/g)).toHaveLength(BUILT_IN_LANGUAGES.length)
  })

  it('is read by every member, and offers changes to admins only', async () => {
    const viewer = await signUp({ accountId: merchant.accountId, role: 'viewer' })
    expect(await viewer.get(routes.translations).then(textOf)).not.toContain('Add language')
    const page = await viewer.get(editor('fr', 'invoice'))
    expect(await textOf(page)).toContain('Only admins')
    expect(await textOf(await viewer.get(editor('fr', 'invoice')))).not.toContain('Send me a test')
  })
})

describe('a text', () => {
  it.each(BUILT_IN_LANGUAGES)('of every kind can be opened in %s, with the built-in text', async (language) => {
    for (const kind of TEXT_KINDS) {
      const { subject = '', body = '' } = await formFields(
        await merchant.get(editor(language, kind)),
        editor(language, kind),
      )
      expect(subject).toContain('{{ ')
      expect(body).toContain('{{ ')
    }
  })

  it('is mailed once it is saved, and the built-in one again once it is reset', async () => {
    const saved = await write('de', 'invoice', {
      subject: 'Post von {{ company.name }}',
      body: 'Hallo **{{ contact.name }}**',
    })
    expect(await textOf(await merchant.follow(saved))).toContain('Changed by you')
    const first = await invoiceFor(merchant)
    await send(merchant, first)
    const mail = await mailed(merchant, first)
    expect(mail.subject).toBe('Post von Atelier Dupré')
    expect(mail.text).toContain('Hallo Bäckerei Krüger GmbH')

    const page = await merchant.get(editor('de', 'invoice'))
    const reset = routes.translationDefault('de', 'invoice')
    await merchant.post(reset, await formFields(page, reset))
    expect(await rows('SELECT * FROM translations WHERE account_id = ?', merchant.accountId)).toEqual([])
    const second = await invoiceFor(merchant)
    await send(merchant, second)
    expect((await mailed(merchant, second)).subject).toMatch(/^Rechnung 2026-\d+ von/)
  })

  it('is not stored if it equals the built-in one', async () => {
    await write('de', 'invoice', {})
    expect(await rows('SELECT * FROM translations WHERE account_id = ?', merchant.accountId)).toEqual([])
  })

  it('fills the Send page, whose preview is the mail that is sent', async () => {
    await write('de', 'invoice', {
      subject: 'Nr. {{ document.number }}',
      body: '[Hier]({{ document.link }}) und [da](https://x.example/?k={{ contact.name }})',
    })
    const id = await invoiceFor(merchant)
    const form = await sendForm(merchant, id)
    expect(form.subject).toBe('Nr. {{ document.number }}')
    const shown = await textOf(await merchant.post(routes.sendPreview(id), { ...form, view: 'text' }))
    await send(merchant, id)
    expect((await latestSend(id)).subject).toBeNull()
    const { text, subject } = await mailed(merchant, id)
    expect(shown).toContain(subject)
    expect(text).toContain('da (https://x.example/?k=B%C3%A4ckerei%20Kr%C3%BCger%20GmbH)')
    // Compares all but the secret in the link.
    const plain = (words: string) =>
      words
        .replace(/\/d\/[\w-]+/g, '/d/…')
        .replace(/\s+/g, ' ')
        .trim()
    expect(plain(shown)).toContain(plain(text))
  })

  it('differs for documents sent before, unless the first send was undone', async () => {
    const id = await invoiceFor(merchant)
    await send(merchant, id)
    const sendId = (await latestSend(id)).id
    await merchant.post(routes.sendCancellation(id, sendId))
    expect((await sendForm(merchant, id)).subject).toContain('Rechnung')
    await send(merchant, id)
    expect((await mailed(merchant, id)).subject).not.toContain('erneut')
    expect((await sendForm(merchant, id)).subject).toContain('erneut gesendet')
    await send(merchant, id)
    expect((await mailed(merchant, id)).subject).toMatch(/^Rechnung 2026-\d+ von Atelier Dupré, erneut gesendet$/)
  })

  it('is refused if it is invalid, with line and column, and the typed text stays', async () => {
    const body = 'Hello\n\nDear {{ contact.nmae }},\n[click](javascript:alert(1))\n{{ company.name'
    const response = await write('en', 'invoice', { subject: 'Invoice {{ nope }}', body })
    expect(response.status).toBe(422)
    const form = await formFields(response, editor('en', 'invoice'))
    expect(form).toMatchObject({ subject: 'Invoice {{ nope }}', body })
    const page = await textOf(response)
    expect(page).toContain('There is no variable nope.')
    expect(page).toMatch(/3 Dear \{\{ contact\.nmae \}\}, Line 3, column 9: There is no variable contact\.nmae\./)
    expect(page).toMatch(/5 \{\{ company\.name Line 5, column 1: .* is not closed/)
    expect(await rows('SELECT * FROM translations WHERE account_id = ?', merchant.accountId)).toEqual([])
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', '{{ contact.name }}'])(
    'with a link to %s is refused',
    async (target) => {
      const response = await write('en', 'invoice', { body: `one\n[x](${target})` })
      expect(response.status).toBe(422)
      expect(await textOf(response)).toContain('Line 2, column 5: A link must begin with')
    },
  )

  it('is saved with a warning if some documents lack a value in one of its sentences', async () => {
    const body = 'Please pay by {{ document.due_date }}. Order {{ document.order_number }}.'
    const saved = await write('en', 'resend', { subject: 'x', body })
    const page = await textOf(await merchant.follow(saved))
    expect(page).toContain('no value for {{ document.due_date }}, {{ document.order_number }}')
    expect(page).toContain('{% if document.due_date %} … {{ document.due_date }} … {% endif %}')
    const typed = { subject: 'x', body: 'Order {{ document.refers_to }}', load: 'problems' }
    const path = routes.translationPreview('en', 'resend')
    expect(await textOf(await merchant.post(path, typed))).toContain('no value for {{ document.refers_to }}')
    const whole = { ...typed, body: '{% if document.due_date %}Please pay by {{ document.due_date }}.{% endif %}' }
    expect(await textOf(await merchant.post(path, whole))).not.toContain('no value for')
  })

  it('is shown in both versions if another person saved meanwhile, and the second save replaces it', async () => {
    const page = await merchant.get(editor('en', 'invoice'))
    const opened = await formFields(page, editor('en', 'invoice'))
    await write('en', 'invoice', { subject: 'Theirs', body: 'Their words' })
    const response = await merchant.post(editor('en', 'invoice'), { ...opened, subject: 'Mine', body: 'My words' })
    expect(response.status).toBe(409)
    expect(await textOf(response.clone())).toMatch(/Subject Mine Theirs.*My words Their words/)
    const again = await formFields(response, editor('en', 'invoice'))
    expect(again).toMatchObject({ subject: 'Mine', body: 'My words' })
    await merchant.post(editor('en', 'invoice'), again)
    expect(await rows('SELECT subject, version FROM translations WHERE account_id = ?', merchant.accountId)).toEqual([
      { subject: 'Mine', version: 2 },
    ])
  })

  it('can’t be reset by a person who did not see it', async () => {
    await write('en', 'invoice', { subject: 'One', body: 'One' })
    await write('en', 'invoice', { subject: 'Two', body: 'Two' })
    const response = await merchant.post(routes.translationDefault('en', 'invoice'), { version: '1' })
    expect(response.status).toBe(409)
    expect(await rows('SELECT subject FROM translations WHERE account_id = ?', merchant.accountId)).toEqual([
      { subject: 'Two' },
    ])
  })

  it('is recorded in the audit list when it changes', async () => {
    await write('de', 'invoice', { subject: 'Neu', body: 'Neu' })
    const page = await words(routes.auditList)
    expect(page).toContain('changed the text “German – Invoice”')
    expect(page).toMatch(/Rechnung \{\{ document.number \}\} von \{\{ company.name \}\} .*Neu/)
  })

  it('of no language or kind of the account’s is not found', async () => {
    for (const path of [editor('pl', 'invoice'), editor('en', 'reminder'), routes.languageTexts('xx')])
      expect((await merchant.get(path)).status).toBe(404)
  })
})

describe('the preview of a text', () => {
  it('shows subject and mail with a document of the account, in HTML and text, as typed', async () => {
    const id = await invoiceFor(merchant)
    const { number } = await row<{ number: string }>('SELECT number FROM documents WHERE id = ?', id)
    const typed = { subject: 'About {{ document.number }}', body: 'Dear **{{ contact.name }}**', document: id }
    const html = await (await merchant.post(routes.translationPreview('en', 'invoice'), typed)).text()
    expect(html).toContain(`<h1>About ${number}</h1>`)
    expect(html).toContain('&lt;strong&gt;Bäckerei Krüger GmbH&lt;/strong&gt;')
    const text = await textOf(
      await merchant.post(routes.translationPreview('en', 'invoice'), { ...typed, view: 'text' }),
    )
    expect(text).toContain('Dear Bäckerei Krüger GmbH')
  })

  it('takes the latest document, and a made-up one where there is none', async () => {
    const preview = () => merchant.get(routes.translationPreview('fr', 'receipt')).then((response) => response.text())
    expect(await preview()).toContain('Reçu R-2026-0001 de Atelier Dupré')
    expect(await merchant.get(routes.translationPreview('en', 'invoice')).then((a) => a.text())).toContain(
      'Sample Customer',
    )
    await invoiceFor(merchant)
    expect(await merchant.get(routes.translationPreview('en', 'invoice')).then((a) => a.text())).toContain('Krüger')
  })

  it('lists the problems instead', async () => {
    const typed = { subject: 'x', body: '{{ nope }}' }
    const page = await textOf(await merchant.post(routes.translationPreview('en', 'invoice'), typed))
    expect(page).toContain('There is no variable nope.')
    const live = await merchant.post(routes.translationPreview('en', 'invoice'), { ...typed, load: 'problems' })
    expect(await textOf(live)).toContain('Line 1, column 4')
  })

  it('never shows a document of another account', async () => {
    const id = await invoiceFor(await signUp())
    expect((await merchant.get(`${routes.translationPreview('en', 'invoice')}?document=${id}`)).status).toBe(404)
  })
})

describe('send me a test', () => {
  beforeEach(() => sink.clear())

  it('mails the text as it stands to the person who asks, with the PDF, and saves nothing', async () => {
    const id = await invoiceFor(merchant)
    const form = await formFields(await merchant.get(editor('en', 'invoice')), editor('en', 'invoice'))
    const typed = { ...form, subject: 'Try {{ document.number }}', body: 'Dear {{ contact.name }}', document: id }
    const response = await merchant.post(routes.translationTests('en', 'invoice'), typed)
    expect(response.status).toBe(200)
    expect(await textOf(response.clone())).toContain(`The test is on its way to ${merchant.email}`)
    expect(await formFields(response, editor('en', 'invoice'))).toMatchObject({ body: 'Dear {{ contact.name }}' })
    const letter = await letterTo(merchant.email)
    expect(letter.subject).toMatch(/^Try 2026-/)
    expect(letter.text).toContain('Dear Bäckerei Krüger')
    expect(letter.link).toBe(routes.document(id))
    const [mail] = await sink.rawMails()
    expect(mail?.raw).toContain('application/pdf')
    expect(await rows('SELECT * FROM translations WHERE account_id = ?', merchant.accountId)).toEqual([])
    expect(await rows('SELECT * FROM deliveries WHERE account_id = ?', merchant.accountId)).toEqual([])
  })

  it('does not mail an invalid text', async () => {
    const response = await merchant.post(routes.translationTests('en', 'invoice'), { subject: 'x', body: '{{ x }}' })
    expect(response.status).toBe(422)
    expect(await sink.mails()).toEqual([])
  })
})

describe('a custom language', () => {
  const add = (tag: string, copyOf = 'fr') => merchant.fillIn(routes.translations, { tag, copyOf })

  it('starts as a copy, and is offered and used from then on', async () => {
    await write('fr', 'invoice', { subject: 'À moi', body: 'Bonjour' })
    const page = await merchant.follow(await add('PL'))
    expect(await textOf(page)).toContain('Polish')
    expect((await formFields(await merchant.get(editor('pl', 'invoice')), editor('pl', 'invoice'))).subject).toBe(
      'À moi',
    )
    await write('pl', 'invoice', {
      subject: 'Faktura {{ document.number }}',
      body: 'Dzień dobry, {{ document.due_date }}',
    })
    const id = await invoiceFor(merchant, { contact: { language: 'pl-PL' } })
    expect((await sendForm(merchant, id)).language).toBe('pl')
    await send(merchant, id)
    const mail = await mailed(merchant, id)
    expect(mail.subject).toMatch(/^Faktura 2026-/)
    expect(mail.html).toContain('lang="pl"')
  })

  it.each([
    ['polish!', 'This is not a valid language tag'],
    ['', 'This is not a valid language tag'],
    ['FR', 'already in the list'],
  ])('can’t be %j', async (tag, sentence) => {
    const response = await add(tag)
    expect(response.status).toBe(422)
    expect(await textOf(response.clone())).toContain(sentence)
    expect((await formFields(response, routes.translations)).tag).toBe(tag)
  })

  it('lists a missing text, and takes it from the next language', async () => {
    await add('pl')
    const reset = routes.translationDefault('pl', 'invoice')
    await merchant.post(reset, await formFields(await merchant.get(editor('pl', 'invoice')), reset))
    expect(await words(routes.translations)).toMatch(/\d+ of \d+ texts and labels/)
    expect(await words(routes.languageTexts('pl'))).toContain('Invoice Missing: taken from French')
    const id = await invoiceFor(merchant, { contact: { language: 'pl' } })
    await send(merchant, id)
    const mail = await mailed(merchant, id)
    expect(mail.subject).toMatch(/^Facture/)
    expect(mail.html).toContain('lang="fr"')
  })

  it('may have a tag that Intl does not know, and is used for contacts with that tag', async () => {
    const page = await merchant.follow(await add('DE-x-Du', 'de'))
    expect(await textOf(page)).toContain('German (x-du)')
    await write('de-x-du', 'invoice', { subject: 'Für dich: {{ document.number }}', body: 'Hallo du' })
    const id = await invoiceFor(merchant, { contact: { language: 'de-x-du' } })
    expect((await sendForm(merchant, id)).language).toBe('de-x-du')
    const { contact_id } = await row<{ contact_id: string }>('SELECT contact_id FROM documents WHERE id = ?', id)
    expect(await words(routes.contactEdit(contact_id))).toContain('German (x-du)')
    await send(merchant, id)
    expect((await mailed(merchant, id)).subject).toMatch(/^Für dich: 2026-/)
    expect((await merchant.get(routes.document(id))).status).toBe(200)
    expect(await textOf(await merchant.post(routes.translations, { tag: 'de-X-DU', copyOf: 'de' }))).toContain(
      'already',
    )
  })

  it('that runs from right to left does so in mail, page and editor', async () => {
    await add('ar', 'en')
    expect(await (await merchant.get(editor('ar', 'invoice'))).text()).toMatch(/<textarea[^>]*dir="rtl"/)
    const id = await invoiceFor(merchant, { contact: { language: 'ar-EG' } })
    await send(merchant, id)
    const mail = await mailed(merchant, id)
    expect(mail.html).toMatch(/<html[^>]*dir="rtl"/)
    const [hosted] = /\/d\/[\w-]+/.exec(mail.text) ?? []
    expect(await (await merchant.get(hosted ?? '')).text()).toMatch(/<html lang="ar" dir="rtl">/)
    const unsubscription = await (await merchant.get(`${hosted}/unsubscription`)).text()
    expect(unsubscription).toContain('<div class="card stack" lang="fr" dir="ltr">')
  })

  it('that is a variant of a built-in one has its fixed sentences', async () => {
    await add('de-AT', 'de')
    await merchant.post(routes.languageDeletion('de'))
    const id = await invoiceFor(merchant, { contact: { language: 'de-AT' } })
    await send(merchant, id)
    const [hosted] = /\/d\/[\w-]+/.exec((await mailed(merchant, id)).text) ?? []
    const page = await (await merchant.get(`${hosted}/unsubscription`)).text()
    expect(page).toContain('lang="de"')
    expect(page).toMatch(/E-Mails von/)
  })

  it('may be the account’s default', async () => {
    await add('nl')
    await merchant.fillIn(routes.documentSettings, { language: 'nl' })
    const id = await invoiceFor(merchant, { contact: { language: 'ja' } })
    expect((await sendForm(merchant, id)).language).toBe('nl')
  })
})

describe('deleting a language', () => {
  const remove = (language: string) => merchant.post(routes.languageDeletion(language))

  it('names the language that replaces it, deletes its texts, and queued mails still leave', async () => {
    await write('de', 'invoice', { subject: 'Meins', body: 'Meins' })
    const id = await invoiceFor(merchant)
    await send(merchant, id)
    expect(await words(routes.languageDeletion('de'))).toContain('in another one: French')
    await remove('de')
    expect(await rows('SELECT * FROM translations WHERE account_id = ?', merchant.accountId)).toEqual([])
    // Queued in German, and sent in the language that replaces it.
    expect((await mailed(merchant, id)).subject).toMatch(/^Facture/)
    expect((await merchant.get(routes.languageTexts('de'))).status).toBe(404)
  })

  it('makes another language the default', async () => {
    expect(await words(routes.languageDeletion('fr'))).toContain('It will be replaced by: English')
    await remove('fr')
    const account = await row<{ settings: string }>('SELECT settings FROM accounts WHERE id = ?', merchant.accountId)
    expect(JSON.parse(account.settings)).toMatchObject({ language: 'en', languages: ['en', 'de', 'it', 'es'] })
  })

  it('keeps the last one, in which everything is sent', async () => {
    for (const language of ['en', 'fr', 'de', 'es']) await remove(language)
    expect((await remove('it')).status).toBe(409)
    expect(await words(routes.translations)).toContain('everything goes out in Italian')
    const id = await invoiceFor(merchant, { contact: { language: 'de' } })
    await send(merchant, id)
    expect((await mailed(merchant, id)).subject).toMatch(/^Fattura/)
    const { snapshot } = await row<{ snapshot: string }>('SELECT paper AS snapshot FROM documents WHERE id = ?', id)
    expect(JSON.parse(snapshot).language).toBe('it')
  })

  it('brings the built-in texts back when it is added again', async () => {
    await write('de', 'invoice', { subject: 'Meins', body: 'Meins' })
    await remove('de')
    await merchant.fillIn(routes.translations, { tag: 'de' })
    const { subject } = await formFields(await merchant.get(editor('de', 'invoice')), editor('de', 'invoice'))
    expect(subject).toContain('Rechnung')
  })

  it('keeps no text of a language that is gone', async () => {
    await remove('de')
    const ref = { accountId: merchant.accountId, actor: merchant.userId, language: 'de', kind: 'invoice' as const }
    expect(await saveTranslation(testDeps(), { ...ref, version: 0 }, { subject: 'x', body: 'x' })).toMatchObject({
      reason: 'not_found',
    })
  })
})
