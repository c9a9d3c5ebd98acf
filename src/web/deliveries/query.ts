/** Reads the query of the list of deliveries, and builds paths with changed queries. */
import type { DeliveryFilter } from '../../db/delivery-list'
import { addDays, isIsoDate, startOfDate } from '../../domain/calendar'
import type { DeliveryStatus } from '../../domain/delivery'
import { idFloor } from '../../domain/id-range'
import type { SignedIn } from '../app-env'
import { withQuery } from '../ui/with-query'

/** States in the filter: it treats both kinds of bounces as one, and every mail that has not left as waiting. */
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

/** Provider connections. The locales have the label of each as `connection.<name>`. */
export const CONNECTIONS = ['deployment', 'simulator'] as const

export interface DeliveryQuery {
  state?: DeliveryState | undefined
  /** First and last day, inclusive: ISO dates in the account's time zone; '' = open. */
  from: string
  to: string
  /** Id of a contact. */
  contact: string
  /** A contact's name or address, as typed. */
  name: string
  provider?: (typeof CONNECTIONS)[number] | undefined
  before?: string | undefined
}

const MAX_CHARS = 100
const isDate = (text: string): boolean => text !== '' && isIsoDate(text)

/** Reads the query parameters; invalid ones are left out. */
export function readDeliveryQuery(params: Record<string, string>): DeliveryQuery {
  const { state, from = '', to = '', contact = '', name = '', provider, before } = params
  return {
    state: DELIVERY_STATES.find((known) => known === state),
    from: isDate(from) ? from : '',
    to: isDate(to) ? to : '',
    contact: contact.slice(0, MAX_CHARS),
    name: name.trim().slice(0, MAX_CHARS),
    provider: CONNECTIONS.find((known) => known === provider),
    before: before?.slice(0, MAX_CHARS) || undefined,
  }
}

/** Returns the path of the list with a changed filter or page; of the first page without `before`. */
export const deliveriesPath = (path: string, query: DeliveryQuery, change: Partial<DeliveryQuery> = {}): string =>
  withQuery(path, { ...query, before: undefined, ...change })

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
