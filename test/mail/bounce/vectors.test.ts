/// <reference types="vite/types/importMeta.d.ts" />
/** Real bounce mails, which lie beside the project and are no part of it: skipped where they are absent. */
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { BounceMail } from '../../../src/mail/bounce/bounce-mail'
import { readBounce } from '../../../src/mail/bounce/read-bounce'

// Vite reads these calls as they stand: no variables.
const mails = import.meta.glob<string>('../../../../shared/vectors/dsn/*.eml', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const [expectations] = Object.values(
  import.meta.glob<string>('../../../../shared/vectors/dsn/expected.json', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)

const Expected = v.object({
  samples: v.array(v.object({ file: v.string(), suggested_class: v.array(v.string()) })),
})
const { samples } = v.parse(Expected, JSON.parse(expectations ?? '{ "samples": [] }'))

/** What the samples call a complaint. */
const classesOf = (bounce: BounceMail): string[] => {
  if (bounce.kind === 'report') return bounce.recipients.map((recipient) => recipient.class)
  return [bounce.kind === 'complaint' ? 'complained' : bounce.kind]
}

const mailOf = (file: string): string => Object.entries(mails).find(([path]) => path.endsWith(`/${file}`))?.[1] ?? ''

describe.skipIf(samples.length === 0)('a real bounce mail', () => {
  it.each(samples)('is read as people read it: $file', async ({ file, suggested_class }) => {
    expect(classesOf(await readBounce(new TextEncoder().encode(mailOf(file))))).toEqual(suggested_class)
  })
})

it.skipIf(samples.length > 0)('real bounce mails: skipped, ../shared/vectors/dsn is absent', () => {})
