/** Mails that are cut, changed or made up: reading them ends, quickly, and throws nothing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBounce } from '../../../src/mail/bounce/read-bounce'
import { PROSE_SAMPLES } from './prose-samples'
import { STATUS_SAMPLES } from './status-samples'
import { fields, prose, report } from './write-bounce'

const mails = [...Object.values(STATUS_SAMPLES), ...Object.values(PROSE_SAMPLES)].map(({ mail }) =>
  new TextEncoder().encode(mail),
)
const KINDS = ['report', 'complaint', 'auto_reply', 'mail', 'unclassified']

const readKind = async (raw: Uint8Array) => (await readBounce(raw)).kind

describe('reading', () => {
  it('survives truncated mails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...mails), fc.nat(), async (mail, cut) => {
        expect(KINDS).toContain(await readKind(mail.slice(0, cut % (mail.length + 1))))
      }),
      { numRuns: 300 },
    )
  })

  it('survives changed bytes', async () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...mails), changes, async (mail, changed) => {
        const copy = mail.slice()
        for (const [at, byte] of changed) copy[at % copy.length] = byte
        expect(KINDS).toContain(await readKind(copy))
      }),
      { numRuns: 300 },
    )
  })

  it('survives bytes at random', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (raw) => {
        expect(KINDS).toContain(await readKind(raw))
      }),
    )
  })

  it.each([
    ['one long word', 'a'.repeat(300_000)],
    ['at signs', '@'.repeat(300_000)],
    ['almost addresses', 'a@'.repeat(150_000)],
    ['brackets', '<'.repeat(300_000)],
    ['spaces', ' '.repeat(300_000)],
    ['line breaks', '\n'.repeat(300_000)],
    ['codes', '550 5.1.1 '.repeat(30_000)],
    ['words of tables', 'user mailbox account address recipient not '.repeat(7_000)],
    ['quotes', `user '${"'".repeat(100_000)}`],
    ['addresses', '<anna@example.org>: sender address mailbox\n'.repeat(7_000)],
    ['tags', '<p a="'.repeat(50_000)],
    ['elements that never end', '<style>'.repeat(40_000)],
  ])('ends soon on %s', async (_, text) => {
    const shapes = [
      prose({ subject: 'failure notice', notice: text }),
      prose({ subject: 'failure notice', notice: text, contentType: 'text/html' }),
      prose({ subject: text.replaceAll('\n', ' ').slice(0, 100_000), notice: '<anna@example.org>:\nno' }),
      report({ notice: text, recipients: [fields('5.0.0', text.replaceAll('\n', ' '))] }),
      report({ notice: text, recipients: [text] }),
    ]
    for (const mail of shapes) {
      const start = performance.now()
      expect(KINDS).toContain(await readKind(new TextEncoder().encode(mail)))
      expect(performance.now() - start).toBeLessThan(2_000)
    }
  })
})
