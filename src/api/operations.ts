/** Lists every operation of the API, in the order of the reference. */
import { getAccount } from './account-routes'
import * as contacts from './contacts/contact-operations'
import type { Operation } from './operation'

export const operations: Operation[] = [getAccount, ...Object.values(contacts)]
