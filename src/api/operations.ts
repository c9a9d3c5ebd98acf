/** Lists what the OpenAPI document describes: every operation, in the order of the reference, and the schemas that have a name there. */
import { AccountJson, getAccount } from './account-operations'
import * as contacts from './contacts/contact-operations'
import * as contactSchemas from './contacts/contact-schemas'
import type { Operation } from './operation'

export const operations: Operation[] = [getAccount, ...Object.values(contacts)]

/** Schemas by the names that they are exported under. */
export const namedSchemas = { AccountJson, ...contactSchemas }
