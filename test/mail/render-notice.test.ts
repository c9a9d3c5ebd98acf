import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NoticedProblem } from '../../src/domain/problem-notice'
import type { StoredTranslation } from '../../src/domain/translation'
import { LANGUAGES } from '../../src/i18n'
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
const NOTICES = {
  sign_in: { kind: 'sign_in', link },
  reply_confirmation: { kind: 'reply_confirmation', link, company, email: 'post@dupont.example' },
  invitation: { kind: 'invitation', link, company, person: 'Camille Martin' },
  problem_notice: { kind: 'problem_notice', problem, company, mayFix: true, appUrl },
  problem_digest: { kind: 'problem_digest', problems: [problem], count: 12, company, appUrl },
} as const satisfies Record<string, Notice>

const inOur = (notice: Notice, language: string) =>
  writeNotice(notice, { language, languages: { language: 'en' }, own: [] })
const own = (kind: StoredTranslation['kind'], subject: string, body: string, language = 'en'): StoredTranslation[] => [
  { kind, subject, body, language, version: 1 },
]

describe('a notice', () => {
  it.each(LANGUAGES)('is complete in %s', (language) => {
    for (const notice of Object.values(NOTICES)) {
      const { subject, html, text } = inOur(notice, language)
      expect(subject).not.toMatch(/[{}]|mail\.\w/)
      expect(text).not.toMatch(/[{}]|mail\.\w/)
      if ('link' in notice) expect(text).toContain(link)
      if ('link' in notice) expect(html).toContain(`href="${link.replace('&', '&amp;')}"`)
      expect(html).toContain(`lang="${language}"`)
      expect(html).toContain(`<title>${subject.replace(/'/g, '&#39;')}</title>`)
    }
  })

  it('speaks a language we have', () => {
    expect(inOur(NOTICES.sign_in, 'pt-BR').subject).toBe('Sign in to Facteur')
    expect(inOur(NOTICES.sign_in, 'de-AT').subject).toBe('Bei Facteur anmelden')
  })

  it('takes names literally, and on one line', () => {
    const company = '<script>x</script>\r\nBcc: eve@example.org {number} $& {{ x }} lqd0x'
    const { subject, html, text } = inOur({ ...NOTICES.reply_confirmation, company }, 'en')
    const shown = '<script>x</script> Bcc: eve@example.org {number} $& {{ x }} lqd0x'
    expect(subject).toBe(`Confirm the reply address of ${shown}`)
    expect(text).toContain(shown)
    expect(html).not.toContain('<script>')
  })

  it('can be made of any names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (contactName, serverText) => {
        const notice = { ...NOTICES.problem_notice, problem: { ...problem, contactName, serverText } }
        const { html } = inOur(notice, 'fr')
        expect(html).toContain('550'.repeat(0))
      }),
    )
  })
})

describe('the merchant’s own words in a notice', () => {
  it('stand in it, in HTML and text, with links and variables', () => {
    const texts = own(
      'problem_notice',
      'Oh dear: {{ document.number }}',
      '**{{ contact.name }}** got nothing. [Mend it]({{ problem.link }}) or [look](https://crm.example/?a={{ problem.address }}).',
    )
    const { subject, html, text } = writeNotice(NOTICES.problem_notice, {
      ...{ language: 'en', languages: { language: 'en' }, own: texts },
    })
    expect(subject).toBe('Oh dear: 2026-0042')
    expect(html).toContain('<strong>Anna Bäcker</strong> got nothing.')
    expect(html).toContain('https://facteur.example.org/documents/doc_1/')
    expect(text).toContain('look (https://crm.example/?a=anna@example.org)')
  })

  it('never take the place of what the notice must say', () => {
    for (const notice of Object.values(NOTICES)) {
      if (notice.kind === 'sign_in') continue
      const mine = writeNotice(notice, {
        ...{ language: 'en', languages: { language: 'en' }, own: own(notice.kind, 'Hi', 'Hi') },
      })
      const builtInText = inOur(notice, 'en')
      const fixed = (text: string) => text.slice(text.indexOf('\n\n'))
      expect(mine.text).toBe(`Hi${fixed(builtInText.text)}`)
    }
    const { text } = writeNotice(NOTICES.problem_notice, {
      ...{ language: 'en', languages: { language: 'en' }, own: own('problem_notice', 'Hi', 'Hi') },
    })
    for (const part of [
      ...['Bounced', 'Invoice 2026-0042', 'Anna Bäcker', 'anna@example.org', 'This address does not exist.'],
      ...[
        'rejected the mail permanently',
        '550 5.1.1 No such user',
        'Correct the address',
        'You are receiving this e-mail because',
      ],
    ])
      expect(text).toContain(part)
  })

  it('are found by the account’s rule: one language left is the language of all', () => {
    const languages = { language: 'pl', languages: ['pl'] }
    const reader = { language: 'de', languages, own: own('invitation', 'Zaproszenie', 'Cześć', 'pl') }
    const { subject, html } = writeNotice(NOTICES.invitation, reader)
    expect(subject).toBe('Zaproszenie')
    expect(html).toContain('lang="pl"')
    expect(html).toContain('See the invitation')
    expect(
      writeNotice(NOTICES.invitation, { ...reader, languages: { language: 'it', languages: ['it'] } }).subject,
    ).toBe('Camille Martin La invita in Atelier Dupont')
  })

  it('never make a notice without a subject', () => {
    const problem = { ...NOTICES.problem_notice.problem, serverText: null }
    const { subject } = writeNotice(
      { ...NOTICES.problem_notice, problem },
      { language: 'en', languages: { language: 'en' }, own: own('problem_notice', '{{ problem.server_text }}', 'x') },
    )
    expect(subject).toBe('Facteur')
  })

  it('give way to ours where they can’t be read any more', () => {
    const broken = own('problem_notice', '{{ gone.variable }}', '{% for x in y %}')
    const { subject, text } = writeNotice(NOTICES.problem_notice, {
      ...{ language: 'en', languages: { language: 'en' }, own: broken },
    })
    expect(subject).toContain('Bounced: 2026-0042')
    expect(text).toContain('bounced: the server of')
  })
})
