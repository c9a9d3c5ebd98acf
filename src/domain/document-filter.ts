/** Describes which documents a list shows, and a bulk send of all that it shows. */
import type { MailState } from './delivery'
import type { DocumentKind } from './document'
import type { DocumentState } from './document-state'

/** All fields are required, so that the compiler finds every place that makes a filter; undefined = all. */
export interface DocumentFilter {
  /** True selects test documents only, false live ones only. */
  test: boolean
  kind: DocumentKind | undefined
  state: DocumentState | undefined
  /** `kept_back` selects automatic documents that were not mailed. */
  mailState: MailState | 'kept_back' | undefined
  /** ISO date in the account's time zone, for `overdue`. */
  today: string
}
