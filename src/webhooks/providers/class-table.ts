import type { EventClass } from '../../domain/delivery-event'

/** A provider's names of events, and what each means. */
export type ClassTable = Readonly<Record<string, EventClass>>

/** Returns the class of a name; `ignored` for one that the table does not hold. */
export const classNamed = (table: ClassTable, name: string): EventClass =>
  Object.hasOwn(table, name) ? (table[name] ?? 'ignored') : 'ignored'
