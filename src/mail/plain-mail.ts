import type { RenderedMail } from './mail-input'

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Returns a mail of a few paragraphs without a layout, for tests of a connection: nothing in it depends on the account's texts. */
export function plainMail(language: string, subject: string, paragraphs: readonly string[]): RenderedMail {
  const escaped = paragraphs.map((text) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? ''))
  const html = `<!doctype html><html lang="${language}"><body>${escaped.map((text) => `<p>${text}</p>`).join('\n')}</body></html>`
  return { language, subject, html, text: `${paragraphs.join('\n\n')}\n` }
}
