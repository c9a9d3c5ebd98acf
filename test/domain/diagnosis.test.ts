import { describe, expect, it } from 'vitest'
import { DELIVERY_STATUSES } from '../../src/domain/delivery'
import { diagnose, type KnownDelivery } from '../../src/domain/diagnosis'

const known = (change: Partial<KnownDelivery>): KnownDelivery => ({
  ...{ status: 'delivered', reason: null, serverText: null, attempt: 1, opened: false, reached: false },
  ...change,
})

describe('why a customer did not get it', () => {
  it('begins with the spam folder where it was delivered', () => {
    expect(diagnose(known({})).causes[0]).toBe('spam_folder')
    expect(diagnose(known({ opened: true })).causes.slice(0, 2)).toEqual(['opened', 'spam_folder'])
  })

  it('distinguishes an address that was never valid from one that no longer is', () => {
    expect(diagnose(known({ status: 'bounced' })).causes).toEqual(['never_valid'])
    expect(diagnose(known({ status: 'bounced', reached: true })).causes).toEqual(['no_longer_valid'])
    expect(diagnose(known({ status: 'dropped', reason: 'hard_bounce' })).causes).toEqual(['never_valid'])
  })

  it('names why nothing left', () => {
    expect(diagnose(known({ status: 'dropped', reason: 'unsubscribed' })).causes).toEqual(['unsubscribed'])
    expect(diagnose(known({ status: 'dropped', reason: 'complaint' })).causes).toEqual(['marked_spam'])
    expect(diagnose(known({ status: 'dropped', reason: 'provider_suppression' })).causes).toEqual(['by_provider'])
    expect(diagnose(known({ status: 'dropped', reason: 'repeated_failures' })).causes).toEqual(['suppressed'])
    expect(diagnose(known({ status: 'dropped', reason: 'manual' })).causes).toEqual(['suppressed'])
  })

  it('reads the server’s own code where a provider gave up', () => {
    const soft = (serverText: string) => diagnose(known({ status: 'soft_bounced', serverText })).causes
    expect(soft('452 4.2.2 Mailbox full')).toEqual(['mailbox_full'])
    expect(soft('550 5.7.1 Blocked')).toEqual(['policy'])
    expect(soft('451 4.4.1 Timed out')).toEqual(['given_up', 'never_valid'])
  })

  it('has a cause and a step for every state there is', () => {
    for (const status of DELIVERY_STATUSES)
      for (const reached of [true, false]) expect(diagnose(known({ status, reached })).causes, status).not.toEqual([])
  })
})
