import { describe, expect, it } from 'vitest'
import type { DocumentDelivery, DocumentSend } from '../../../src/db/document-sends'
import type { HistoryRow } from '../../../src/db/history'
import { HISTORY_TYPES } from '../../../src/db/history'
import { secondsToNextPoll, waitingOf } from '../../../src/web/documents/show/activity'
import { type Activity, timelineOf } from '../../../src/web/documents/show/timeline'

const MINUTE = 60_000

const delivery = (change: Partial<DocumentDelivery> = {}): DocumentDelivery => ({
  id: 'dlv_1',
  address: 'anna@shop.example',
  purpose: 'customer',
  status: 'queued',
  attempt: 0,
  dueAt: 0,
  reason: null,
  serverText: null,
  senderAddress: null,
  hasMail: false,
  problemOpen: false,
  sentAt: null,
  deliveredAt: null,
  endedAt: null,
  overdueSince: null,
  pauseReason: null,
  pauseText: null,
  restingSince: null,
  ...change,
})

const send = (deliveries: DocumentDelivery[], change: Partial<DocumentSend> = {}): DocumentSend => ({
  id: 'snd_1',
  origin: 'manual',
  language: 'de',
  attachPdf: true,
  scheduledFor: null,
  createdAt: 20,
  createdBy: 'usr_1',
  deliveries,
  ...change,
})

const historyRow = (change: Partial<HistoryRow>): HistoryRow => ({
  accountId: 'acc_1',
  documentId: 'doc_1',
  id: 'his_1',
  at: 50,
  type: 'viewed',
  actor: '',
  deliveryId: 'dlv_1',
  data: {},
  ...change,
})

const activity = (change: Partial<Activity> = {}): Activity => ({
  document: {
    id: 'doc_1',
    status: 'final',
    number: 'INV-1',
    createdAt: 10,
    snapshot: null,
    createdBy: 'usr_1',
    finalisedAt: 20,
    finalisedBy: 'usr_1',
    pdfSha256: 'abc',
  },
  sends: [],
  history: [],
  names: new Map([['usr_1', 'Camille']]),
  ...change,
})

const texts = (of: Activity) => timelineOf(of, 'Somebody').map((entry) => entry.text)

describe('History', () => {
  it('merges columns and rows into one timeline, newest first', () => {
    const sends = [send([delivery({ status: 'delivered', attempt: 1, hasMail: true, sentAt: 30, deliveredAt: 40 })])]
    const entries = timelineOf(activity({ sends, history: [historyRow({})] }), 'Somebody')
    expect(entries.map(({ at, text }) => [at, text])).toEqual([
      [50, 'history.viewed'],
      [30, 'history.sent'],
      [20, 'history.send.manual'],
      [20, 'history.finalised'],
      [10, 'history.created'],
    ])
    expect(entries[1]).toMatchObject({
      deliveredAt: 40,
      params: { address: 'anna@shop.example' },
      details: { mailOf: 'dlv_1' },
    })
    expect(entries[3]).toMatchObject({ params: { name: 'Camille', number: 'INV-1' }, details: { pdfSha256: 'abc' } })
  })

  it('shows a deleted person as somebody', () => {
    expect(timelineOf(activity({ names: new Map() }), 'Somebody')[0]?.params.name).toBe('Somebody')
  })

  it('shows a failure with the server’s response, the reason, the attempt and the next one', () => {
    const data = { reason: 'refused_for_now', text: '451 later', attempt: 2, next: 99 }
    const [entry] = timelineOf(
      activity({ sends: [send([delivery({ hasMail: true })])], history: [historyRow({ type: 'retry', data })] }),
      'Somebody',
    )
    expect(entry?.details).toEqual({
      reason: 'refused_for_now',
      serverText: '451 later',
      attempt: 2,
      nextAt: 99,
      mailOf: 'dlv_1',
    })
  })

  it('begins a copy with where it came from', () => {
    const history = [historyRow({ type: 'duplicated', at: 10, actor: 'usr_1', data: { number: 'INV-0' } })]
    expect(texts(activity({ history }))).toEqual(['history.finalised', 'history.duplicated'])
  })

  it('has a sentence for every kind of row', () => {
    for (const type of HISTORY_TYPES)
      expect(timelineOf(activity({ history: [historyRow({ type })] }), 'x').length).toBeGreaterThan(1)
  })

  it('says when a scheduled send is to leave, and when it was moved', () => {
    const sends = [send([delivery()], { scheduledFor: 900 })]
    const history = [historyRow({ type: 'rescheduled', deliveryId: null, data: { dueAt: 950 } })]
    expect(timelineOf(activity({ sends, history }), 'x').map(({ times }) => times)).toEqual([
      { time: 950 },
      { time: 900 },
      undefined,
      undefined,
    ])
  })
})

describe('a send in History', () => {
  const textsOf = (deliveries: DocumentDelivery[], change: Partial<DocumentSend> = {}, history: HistoryRow[] = []) =>
    timelineOf(activity({ sends: [send(deliveries, change)], history }), 'x')
      .filter(({ at }) => at >= 20)
      .map(({ text, params }) => [text, params.addresses ?? params.address])
      .filter(([text]) => text !== 'history.finalised')

  it('is called queued until a mail has left, and never sent if none has', () => {
    const queued = [['history.queued.manual', 'anna@shop.example']]
    expect(textsOf([delivery()])).toEqual(queued)
    expect(textsOf([delivery({ status: 'sending', attempt: 1 })])).toEqual(queued)
    expect(textsOf([delivery({ status: 'cancelled' })])).toEqual(queued)
    const dropped = historyRow({ type: 'dropped', data: { reason: 'hard_bounce' } })
    expect(textsOf([delivery({ status: 'dropped', endedAt: 50 })], { origin: 'automatic' }, [dropped])).toEqual([
      ['history.dropped', 'anna@shop.example'],
      ['history.queued.automatic', 'anna@shop.example'],
    ])
    expect(textsOf([delivery({ status: 'sent', sentAt: 30 })])).toEqual([
      ['history.sent', 'anna@shop.example'],
      ['history.send.manual', 'anna@shop.example'],
    ])
  })

  it('has one entry for mails that left and one for those that did not', () => {
    const both = [
      delivery({ status: 'delivered', sentAt: 30, deliveredAt: 31 }),
      delivery({ id: 'dlv_2', address: 'bob@shop.example', status: 'dropped', endedAt: 30 }),
    ]
    expect(textsOf(both)).toEqual([
      ['history.sent', 'anna@shop.example'],
      ['history.send.manual', 'anna@shop.example'],
      ['history.queued.manual', 'bob@shop.example'],
    ])
  })

  it('does not deny the sending of a mail that a provider dropped later', () => {
    const dropped = historyRow({ type: 'dropped' })
    expect(textsOf([delivery({ status: 'dropped', sentAt: 30, endedAt: 50 })], {}, [dropped])[0]).toEqual([
      'history.dropped.later',
      'anna@shop.example',
    ])
  })

  it('comes before the events that followed it, even if the provider’s clock is behind', () => {
    const bounced = historyRow({ type: 'bounced', at: 29 })
    expect(
      textsOf([delivery({ status: 'bounced', sentAt: 30, endedAt: 29 })], {}, [bounced]).map(([text]) => text),
    ).toEqual(['history.bounced', 'history.sent', 'history.send.manual'])
  })

  it('keeps the order of creation among sends of the same moment', () => {
    const sends = [send([delivery({ id: 'dlv_b' })], { id: 'snd_b' }), send([delivery()], { id: 'snd_a' })]
    const ids = timelineOf(activity({ sends }), 'x').map(({ id }) => id)
    expect(ids.slice(0, 2)).toEqual(['snd_b_queued', 'snd_a_queued'])
  })
})

describe('how soon the page polls again', () => {
  const next = (change: Partial<DocumentDelivery>, now = 10 * MINUTE) =>
    secondsToNextPoll([send([delivery(change)])], now)

  it('is at once while a mail is leaving or has just left', () => {
    expect(next({ status: 'sending' })).toBe(2)
    expect(next({ status: 'dispatched' })).toBe(2)
    expect(next({ status: 'queued', dueAt: 10 * MINUTE })).toBe(2)
    expect(next({ status: 'sent', sentAt: 10 * MINUTE - 5000 })).toBe(2)
  })

  it('is seldom while it waits, and never when nothing more is expected', () => {
    expect(next({ status: 'queued', dueAt: 12 * MINUTE })).toBe(15)
    expect(next({ status: 'queued', dueAt: 60 * MINUTE })).toBeUndefined()
    expect(next({ status: 'sent', sentAt: 1 })).toBeUndefined()
    expect(next({ status: 'delivered' })).toBeUndefined()
    expect(secondsToNextPoll([], 0)).toBeUndefined()
  })
})

describe('what can be cancelled', () => {
  it('is what waits for its first attempt', () => {
    const statuses = [
      delivery({ id: 'a' }),
      delivery({ id: 'b', attempt: 1 }),
      delivery({ id: 'c', status: 'dispatched' }),
    ]
    expect(waitingOf(send(statuses)).map(({ id }) => id)).toEqual(['a'])
  })
})
