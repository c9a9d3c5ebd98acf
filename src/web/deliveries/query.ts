/** What the list of deliveries is asked for, and the paths of the lists beside it. */
import type { DeliveryFilter } from '../../db/delivery-list'
import { addDays, isIsoDate, startOfDate } from '../../domain/calendar'
import type { DeliveryStatus } from '../../domain/delivery'
import { idFloor } from '../../domain/id-range'
import type { SignedIn } from '../app-env'

/** What merchants read: both kinds of bounces are **Bounced**, all that has not left is waiting. */
export const DELIVERY_STATES = [
  'waiting',
  'sent',
  'deferred',
  'delivered',
  'bounced',
  'dropped',
  'failed',
  'complained',
  'unknown',
  'cancelled',
] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

const FAILURES: readonly DeliveryState[] = ['bounced', 'dropped', 'failed', 'complained', 'unknown']

const statusesOf = (state: DeliveryState): DeliveryStatus[] => {
  if (state === 'waiting') return ['queued', 'dispatched', 'sending']
  return state === 'bounced' ? ['bounced', 'soft_bounced'] : [state]
}

/** Provider connections that `connection.<name>` has words for. */
export const CONNECTIONS = ['deployment', 'simulator'] as const

export interface DeliveryQuery {
  state?: DeliveryState | undefined
  /** ISO dates by the account's clock, both included. */
  from: string
  to: string
  /** Id of a contact. */
  contact: string
  /** A name or address, as typed, which a contact is looked for by. */
  name: string
  provider?: (typeof CONNECTIONS)[number] | undefined
  before?: string | undefined
}

const MAX_CHARS = 100
const isDate = (text: string): boolean => text !== '' && isIsoDate(text)

/** What can't be read is left out. */
export function readDeliveryQuery(given: Record<string, string>): DeliveryQuery {
  const { state, from = '', to = '', contact = '', name = '', provider, before } = given
  return {
    state: DELIVERY_STATES.find((one) => one === state),
    from: isDate(from) ? from : '',
    to: isDate(to) ? to : '',
    contact: contact.slice(0, MAX_CHARS),
    name: name.trim().slice(0, MAX_CHARS),
    provider: CONNECTIONS.find((one) => one === provider),
    before: before?.slice(0, MAX_CHARS) || undefined,
  }
}

/** The same path for another filter or page; without a position it is the first one. */
export function deliveriesPath(path: string, query: DeliveryQuery, change: Partial<DeliveryQuery> = {}): string {
  const given = Object.entries({ ...query, before: undefined, ...change }).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  )
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
}

export const isFiltered = ({ state, from, to, contact, provider }: DeliveryQuery): boolean =>
  Boolean(state || from || to || contact || provider)

export function filterOf(query: DeliveryQuery, { settings, testMode }: SignedIn): DeliveryFilter {
  const { state, from, to, contact, provider } = query
  const floor = (date: string): string | undefined => {
    const at = date && startOfDate(date, settings.timeZone)
    return at ? idFloor('dlv', at) : undefined
  }
  return {
    test: testMode,
    statuses: state && statusesOf(state),
    failures: state !== undefined && FAILURES.includes(state),
    from: floor(from),
    below: to ? floor(addDays(to, 1)) : undefined,
    contactId: contact || undefined,
    connection: provider,
  }
}
