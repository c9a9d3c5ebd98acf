/** Reasons from codes and words. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classify } from '../../../src/mail/bounce/classify'

const classOf = (text: string, status = '') =>
  classify({ address: 'anna@example.org', action: 'failed', status, said: [text], prose: [] }).class

const ADDRESS_WORDS = [
  '550 User unknown (in reply to RCPT TO command)',
  '550 <anna@example.org>: User unknown',
  '550 5.1.1 No such user here',
  '550 Requested action not taken: mailbox unavailable',
  '550 <anna@example.org>: Recipient address rejected: User unknown in local recipient table (in reply to RCPT TO command)',
  '550 anna@example.org... Host unknown (Name server: host not found)',
  '551 User has moved; please try <anna@example.com>',
  '556 Domain does not accept mail',
]

describe('an address is given up', () => {
  it.each(ADDRESS_WORDS)('for %s', (text) => expect(classOf(text)).toBe('bounced_hard'))

  it.each(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10'])('for %s without words', (status) =>
    expect(classOf('', status)).toBe('bounced_hard'),
  )
})

describe('an address is kept', () => {
  it.each([
    '552 5.2.2 Mailbox full',
    "550 The recipient's mailbox is over quota, user unknown to billing",
    '550 5.7.1 User unknown',
    '550 Message rejected as spam',
    '554 <bounce@facteur.test>: Sender address rejected: Domain not found',
    '550 Sender verify failed: no such user',
    '550 SPF check failed: user does not exist in record',
    '554 Relay access denied',
    "553 sorry, that domain isn't in my list of allowed rcpthosts",
    '552 Message size exceeds fixed limit',
    '550 5.2.1 The account is suspended',
    '450 4.1.1 User unknown in virtual alias table',
    '451 Greylisted, user unknown for now',
    '550 Too many invalid recipients',
    '554 5.4.6 Too many hops',
    '550 Unknown user anna@example.org (in reply to end of DATA command)',
    // Filters say so too, after they took the whole mail.
    '550 User unknown',
    '550 5.2.1 <anna@example.org>... User Unknown',
    '550 unknown user (in reply to MAIL FROM command)',
    '550',
    '',
  ])('for %s', (text) => expect(classOf(text)).toBe('bounced_soft'))

  it('under 5.7.x and 5.2.2, whatever the words are', () => {
    const status = fc.oneof(
      fc.integer({ min: 0, max: 999 }).map((detail) => `5.7.${detail}`),
      fc.constant('5.2.2'),
    )
    const words = fc.array(
      fc.oneof(fc.constantFrom(...ADDRESS_WORDS.map((text) => text.replace('5.1.1 ', ''))), fc.string()),
    )
    fc.assert(
      fc.property(status, words, fc.boolean(), (code, texts, inText) => {
        const said = texts.join(' ').replace(/\d\.\d/g, '')
        expect(inText ? classOf(`550 ${code} ${said}`) : classOf(said, code)).toBe('bounced_soft')
      }),
    )
  })

  it('under 4.x.x, which a sender that gave up calls failed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ADDRESS_WORDS), (text) => {
        expect(classOf(text.replace(/^5\d\d( 5\.1\.1)?/, '450 4.1.1'))).toBe('bounced_soft')
      }),
    )
  })
})
