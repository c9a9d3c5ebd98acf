import { describe, expect, it } from 'vitest'
import type { DeliveryEvent } from '../../src/domain/delivery-event'
import { simulatorMailer } from '../../src/mail/simulator'

const NOW = 1_795_000_000_000

function simulator() {
  const emitted: DeliveryEvent[][] = []
  const mailer = simulatorMailer({
    now: () => NOW,
    emit: async (events) => {
      emitted.push(events)
    },
  })
  const send = (to: string, deliveryId = 'dlv_1', attempt = 1) =>
    mailer.send({ deliveryId, attempt, from: 'notifications@mail.test', to, mime: new Uint8Array() })
  return { mailer, emitted, send }
}

describe('the simulator', () => {
  it.each([
    ['delivered', ['delivered']],
    ['delivered+anything', ['delivered']],
    ['anna', ['delivered']],
    ['soft-bounce', ['bounced_soft']],
    ['bounce+vat', ['bounced_hard']],
    ['BOUNCE', ['bounced_hard']],
    ['drop', ['dropped']],
    ['complaint', ['delivered', 'complained']],
  ])('accepts %s@ and reports %j', async (name, classes) => {
    const { mailer, emitted, send } = simulator()
    expect(await send(`${name}@simulator.test`)).toMatchObject({ type: 'accepted', providerMessageId: 'sim_dlv_1' })
    expect(emitted).toEqual([])
    await mailer.flush?.()
    expect(emitted.flat().map((event) => event.class)).toEqual(classes)
    for (const event of emitted.flat()) {
      expect(event).toMatchObject({ deliveryId: 'dlv_1', attempt: 1, at: NOW, key: `dlv_1:${event.class}` })
    }
  })

  it('reports nothing for unknown@, not even later', async () => {
    const { mailer, emitted, send } = simulator()
    expect(await send('unknown+x@simulator.test')).toMatchObject({ type: 'unknown' })
    await mailer.flush?.()
    expect(emitted).toEqual([])
  })

  it('passes on the events of several mails in one call, and once', async () => {
    const { mailer, emitted, send } = simulator()
    await Promise.all([send('bounce@simulator.test', 'dlv_1'), send('drop@simulator.test', 'dlv_2')])
    await mailer.flush?.()
    await mailer.flush?.()
    expect(emitted.map((events) => events.map(({ deliveryId }) => deliveryId))).toEqual([['dlv_1', 'dlv_2']])
  })

  it('gives a repeat the same keys, so that it counts once', async () => {
    const { mailer, emitted, send } = simulator()
    await send('bounce@simulator.test', 'dlv_1', 1)
    await send('bounce@simulator.test', 'dlv_1', 2)
    await mailer.flush?.()
    expect(new Set(emitted.flat().map(({ key }) => key)).size).toBe(1)
  })

  it('names the reason of a drop and the server’s words of a bounce', async () => {
    const { mailer, emitted, send } = simulator()
    await send('drop@simulator.test')
    await send('bounce@simulator.test')
    await mailer.flush?.()
    expect(emitted.flat()).toMatchObject([
      { reason: 'provider_suppression' },
      { text: expect.stringContaining('5.1.1') },
    ])
  })
})
