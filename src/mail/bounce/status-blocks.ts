/** Reads the machine-readable part of a delivery report (RFC 3464), as servers really write it. */
import { fieldAddress } from './addresses'
import { type Fields, fieldOf, parseFieldGroups } from './fields'
import type { Action, Finding } from './finding'

/** Fields of which a recipient has one: a second begins the next recipient, also where no blank line does. */
const ONCE = ['final-recipient', 'action', 'status']

/** Returns a finding for each recipient. Its address is empty where the block names none that mail could be sent to. */
export function readStatusBlocks(text: string, defaultAction: Action): Finding[] {
  return recipientBlocks(parseFieldGroups(text)).map((block) => {
    const status = statusOf(fieldOf(block, 'status'))
    return {
      address: addressOf(block),
      action: actionOf(fieldOf(block, 'action'), status, defaultAction),
      status,
      said: [diagnosticOf(block), commentOf(fieldOf(block, 'status'))],
      prose: [],
    }
  })
}

function recipientBlocks(groups: Fields[]): Fields[] {
  const blocks: Fields[] = []
  for (const group of groups.flatMap(splitRecipients)) {
    const before = blocks.at(-1)
    if (group.has('final-recipient') || group.has('original-recipient')) blocks.push(group)
    // A blank line within a block.
    else if (before && !ONCE.some((name) => before.has(name) && group.has(name))) mergeInto(before, group)
    else if (before === undefined && group.has('action') && group.has('status')) blocks.push(group)
  }
  return blocks
}

const mergeInto = (block: Fields, more: Fields) => {
  for (const [name, values] of more) block.set(name, [...(block.get(name) ?? []), ...values])
}

/** Splits a group that holds several recipients: the second value of each field belongs to the second. */
function splitRecipients(group: Fields): Fields[] {
  const count = Math.min(group.get('final-recipient')?.length ?? 1, 100)
  if (count === 1) return [group]
  return Array.from({ length: count }, (_, index) => {
    const own = [...group].flatMap(([name, values]): [string, string[]][] => {
      const value = values[values.length === count ? index : 0]
      return value === undefined || (values.length !== count && index > 0 && !ONCE.includes(name))
        ? []
        : [[name, [value]]]
    })
    return new Map(own)
  })
}

const RECIPIENT_FIELDS = ['final-recipient', 'original-recipient', 'x-actual-recipient', 'x-recipient', 'to']

/** The first with a domain of several labels, which a name inside the server's own system has not. */
function addressOf(block: Fields): string {
  const addresses = RECIPIENT_FIELDS.flatMap((name) => fieldAddress(fieldOf(block, name)) ?? [])
  return addresses.find((address) => /@.*\../.test(address)) ?? addresses[0] ?? ''
}

/** `5.0.0 (permanent failure)`, `5.1.1 User unknown`, `5.1.1,`. */
export const statusOf = (value: string): string => /^\D{0,3}([245]\.\d{1,3}\.\d{1,3})(?![.\d])/.exec(value)?.[1] ?? ''

/** `5.0.0 (recipient reached disk quota)`: where no diagnostic says more. */
const commentOf = (value: string): string => /\(([^()]{1,200})\)/.exec(value)?.[1] ?? ''

const ACTIONS: [pattern: RegExp, action: Action][] = [
  [/^(?:delayed|deferred|retry)/i, 'delayed'],
  // Given up after a time.
  [/^expired/i, 'expired'],
  [/^(?:delivered|relayed|expanded|deliverable)/i, 'delivered'],
  [/^fail|^error|^undeliver|^bounce|^reject/i, 'failed'],
]

function actionOf(value: string, status: string, otherwise: Action): Action {
  const known = ACTIONS.find(([pattern]) => pattern.test(value.replace(/^[\s<"']{1,4}/, '')))?.[1]
  return known ?? (status.startsWith('2.') ? 'delivered' : otherwise)
}

/** The text after `smtp;`. A server that gives a reason in several fields says it in all of them. */
function diagnosticOf(block: Fields): string {
  const values = ['diagnostic-code', 'x-supplementary-info', 'x-error', 'x-notes'].flatMap(
    (name) => block.get(name) ?? [],
  )
  return values.map((value) => value.replace(/^[\w.-]{1,40}\s?;\s*/, '')).join(' ')
}
