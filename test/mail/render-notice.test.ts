import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../../src/i18n'
import { type Notice, renderNotice } from '../../src/mail/render-notice'

const link = 'https://facteur.example.org/sign-in/links/abc?x=1&y=2'
const NOTICES: Notice[] = [
  { kind: 'sign_in', link },
  { kind: 'confirm_reply_address', link, company: 'Atelier Dupont' },
]

describe('a notice', () => {
  it.each(LANGUAGES)('is complete in %s', (language) => {
    for (const notice of NOTICES) {
      const { subject, html, text } = renderNotice(notice, language)
      expect(subject).not.toMatch(/[{}]|mail\.\w/)
      expect(text).not.toMatch(/[{}]|mail\.\w/)
      expect(text).toContain(link)
      expect(html).toContain(`href="${link.replace('&', '&amp;')}"`)
      expect(html).toContain(`lang="${language}"`)
      expect(html).toContain(`<title>${subject}</title>`)
    }
  })

  it('speaks a language we have', () => {
    expect(renderNotice({ kind: 'sign_in', link }, 'pt-BR').subject).toBe('Sign in to Facteur')
    expect(renderNotice({ kind: 'sign_in', link }, 'de-AT').subject).toBe('Bei Facteur anmelden')
  })

  it('takes names literally, and on one line', () => {
    const company = '<script>x</script>\r\nBcc: eve@example.org {number} $&'
    const { subject, html, text } = renderNotice({ kind: 'confirm_reply_address', link, company }, 'en')
    const shown = '<script>x</script> Bcc: eve@example.org {number} $&'
    expect(subject).toBe(`Confirm the reply address of ${shown}`)
    expect(text).toContain(shown)
    expect(html).not.toContain('<script>')
  })
})
