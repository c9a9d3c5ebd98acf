import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUILT_IN_LANGUAGES } from '../../src/domain/languages'
import type { NoticedProblem } from '../../src/domain/problem-notice'
import { isNoticeKind, type StoredTranslation } from '../../src/domain/translation'
import { findLinks } from '../../src/mail/find-links'
import type { Notice } from '../../src/mail/notice'
import { writeNotice } from '../../src/mail/write-notice'

const link = 'https://facteur.example.org/sign-in/links/abc?x=1&y=2'
const company = 'Atelier Dupont'
const appUrl = 'https://facteur.example.org'
const problem: NoticedProblem = {
  ...{ documentId: 'doc_1', deliveryId: 'dlv_1', kind: 'invoice', number: '2026-0042', contactName: 'Anna Bäcker' },
  ...{
    address: 'anna@example.org',
    status: 'bounced',
    reason: 'address_unknown',
    serverText: '550 5.1.1 No such user',
  },
}
const happened = { at: 1_700_000_000_000, timeZone: 'Europe/Paris', link }
const NOTICES = {
  sign_in: { kind: 'sign_in', link },
  reply_confirmation: { kind: 'reply_confirmation', link, company, email: 'post@dupont.example' },
  invitation: { kind: 'invitation', link, company, person: 'Camille Martin' },
  new_device: { kind: 'new_device', device: { browser: 'Firefox', system: 'Windows' }, ...happened },
  new_passkey: { kind: 'new_passkey', name: 'Laptop', ...happened },
  company_changed: {
    ...{ kind: 'company_changed', company, person: 'Camille Martin', ...happened },
    changes: [{ field: 'iban', from: 'FR76 … 0189', to: 'DE89 … 3000' }],
  },
  sending_rests: { kind: 'sending_rests', link, company, reason: 'complaints' },
  problem_notice: { kind: 'problem_notice', problem, company, mayFix: true, appUrl },
  problem_digest: { kind: 'problem_digest', problems: [problem], count: 12, company, appUrl },
} as const satisfies Record<string, Notice>

const inBuiltInText = (notice: Notice, language: string) =>
  writeNotice(notice, { language, languages: { language: 'en' }, customTexts: [] })
const customText = (
  kind: StoredTranslation['kind'],
  subject: string,
  body: string,
  language = 'en',
): StoredTranslation[] => [{ kind, subject, body, language, version: 1 }]

describe('a notice', () => {
  it.each(BUILT_IN_LANGUAGES)('is complete in %s', (language) => {
    for (const notice of Object.values(NOTICES)) {
      const { subject, html, text } = inBuiltInText(notice, language)
      expect(subject).not.toMatch(/[{}]|mail\.\w/)
      expect(text).not.toMatch(/[{}]|mail\.\w/)
      if ('link' in notice) expect(text).toContain(link)
      if ('link' in notice) expect(html).toContain(`href="${link.replace('&', '&amp;')}"`)
      expect(html).toContain(`lang="${language}"`)
      expect(html).toContain(`<title>${subject.replace(/'/g, '&#39;')}</title>`)
    }
  })

  it('is in a built-in language', () => {
    expect(inBuiltInText(NOTICES.sign_in, 'pt-BR').subject).toBe('Sign in to Facteur')
    expect(inBuiltInText(NOTICES.sign_in, 'de-AT').subject).toBe('Bei Facteur anmelden')
  })

  it('shows names literally, and on one line', () => {
    const company = '<script>x</script>\r\nBcc: eve@example.org {number} $& {{ x }} lqd0x'
    const { subject, html, text } = inBuiltInText({ ...NOTICES.reply_confirmation, company }, 'en')
    // A host name is changed so that no program makes a link of it.
    const shown = '<script>x</script> Bcc: eve@example. org {number} $& {{ x }} lqd0x'
    expect(subject).toBe(`Confirm the reply address of ${shown}`)
    expect(text).toContain(shown)
    expect(html).not.toContain('<script>')
  })

  it.each(['https://evil.example/x', 'evil。com', 'ｅｖｉｌ．ｃｏｍ', '192.0.2.1/login', 'evil.example'])(
    'makes no link of a name that is one: %s',
    (name) => {
      const seen = ({ subject, text }: { subject: string; text: string }) =>
        [subject, ...text.split('\n')].filter((line) => !line.includes('facteur.example.org')).join('\n')
      const invitation = inBuiltInText({ ...NOTICES.invitation, company: name, person: name }, 'en')
      const about = { ...problem, contactName: name, serverText: `550 see ${name}`, address: 'anna at krueger' }
      const builtIn = inBuiltInText({ ...NOTICES.problem_notice, company: name, problem: about }, 'en')
      for (const mail of [
        invitation,
        inBuiltInText({ ...NOTICES.reply_confirmation, company: name, email: '' }, 'en'),
        builtIn,
      ]) {
        expect(findLinks(seen(mail))).toEqual([])
        expect(mail.html.match(/<a\b/g)?.length).toBeLessThanOrEqual(2)
      }
    },
  )

  it('makes no host name of a name that ends with a dot and the letters after it', () => {
    const texts = customText('invitation', 'x', '{{ company.name }}com')
    const reader = { language: 'en', languages: { language: 'en' }, customTexts: texts }
    const { text } = writeNotice({ ...NOTICES.invitation, company: 'evil.' }, reader)
    expect(text).toContain('evil.\u200bcom')
  })

  it('can be made of any names, which add no markup', () => {
    const linksOf = (html: string) => html.match(/<(a|img|script)\b/g)
    const plain = linksOf(inBuiltInText(NOTICES.problem_notice, 'fr').html)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (contactName, serverText) => {
        const notice = { ...NOTICES.problem_notice, problem: { ...problem, contactName, serverText } }
        const { html } = inBuiltInText(notice, 'fr')
        expect(linksOf(html)).toEqual(plain)
      }),
    )
  })
})

describe('a merchant’s text in a notice', () => {
  it('is shown in HTML and text, with links and variables', () => {
    const texts = customText(
      'problem_notice',
      'Oh dear: {{ document.number }}',
      '**{{ contact.name }}** got nothing. [Mend it]({{ problem.link }}) or [look](https://crm.example/?a={{ problem.address }}).',
    )
    const { subject, html, text } = writeNotice(NOTICES.problem_notice, {
      ...{ language: 'en', languages: { language: 'en' }, customTexts: texts },
    })
    expect(subject).toBe('Oh dear: 2026-0042')
    expect(html).toContain('<strong>Anna Bäcker</strong> got nothing.')
    expect(html).toContain('https://facteur.example.org/documents/doc_1/')
    expect(text).toContain('look (https://crm.example/?a=anna@example.org)')
  })

  it('never replaces the fixed parts of the notice', () => {
    for (const notice of Object.values(NOTICES)) {
      if (!isNoticeKind(notice.kind)) continue
      const custom = writeNotice(notice, {
        ...{ language: 'en', languages: { language: 'en' }, customTexts: customText(notice.kind, 'Hi', 'Hi') },
      })
      const builtIn = inBuiltInText(notice, 'en')
      const fixed = (text: string) => text.slice(text.indexOf('\n\n'))
      expect(custom.text).toBe(`Hi${fixed(builtIn.text)}`)
    }
    const { text } = writeNotice(NOTICES.problem_notice, {
      ...{ language: 'en', languages: { language: 'en' }, customTexts: customText('problem_notice', 'Hi', 'Hi') },
    })
    for (const part of [
      ...['Bounced', 'Invoice 2026-0042', 'Anna Bäcker', 'anna@example.org', 'This address does not exist.'],
      ...[
        'rejected the e-mail permanently',
        '550 5.1.1 No such user',
        'Correct the address',
        'You are receiving this e-mail because',
      ],
    ])
      expect(text).toContain(part)
  })

  it('is chosen by the account’s languages: a single one is used for all readers', () => {
    const languages = { language: 'pl', languages: ['pl'] }
    const reader = { language: 'de', languages, customTexts: customText('invitation', 'Zaproszenie', 'Cześć', 'pl') }
    const { subject, html } = writeNotice(NOTICES.invitation, reader)
    expect(subject).toBe('Zaproszenie')
    expect(html).toContain('lang="pl"')
    expect(html).toContain('See the invitation')
    expect(
      writeNotice(NOTICES.invitation, { ...reader, languages: { language: 'it', languages: ['it'] } }).subject,
    ).toBe('Camille Martin La invita in Atelier Dupont')
  })

  it('never makes a notice without a subject', () => {
    const problem = { ...NOTICES.problem_notice.problem, serverText: null }
    const { subject } = writeNotice(
      { ...NOTICES.problem_notice, problem },
      {
        language: 'en',
        languages: { language: 'en' },
        customTexts: customText('problem_notice', '{{ problem.server_text }}', 'x'),
      },
    )
    expect(subject).toBe('Facteur')
  })

  it('is replaced by the built-in one if it is no longer valid', () => {
    const broken = customText('problem_notice', '{{ gone.variable }}', '{% for x in y %}')
    const { subject, text } = writeNotice(NOTICES.problem_notice, {
      ...{ language: 'en', languages: { language: 'en' }, customTexts: broken },
    })
    expect(subject).toContain('Bounced: 2026-0042')
    expect(text).toContain('bounced: the server of')
  })
})
