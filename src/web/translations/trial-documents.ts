/** Which document a text is tried on: one of the account's latest, or a made-up one where there is none. */
import type { Context } from 'hono'
import { documentKindOf } from '../../commands/compose-translation'
import { type LatestDocument, listLatestDocuments } from '../../db/latest-documents'
import type { MailKind } from '../../domain/translation'
import type { AppEnv } from '../app-env'

export const documentsFor = (c: Context<AppEnv>, kind: MailKind): Promise<LatestDocument[]> =>
  listLatestDocuments(c.var.deps.db, c.var.signedIn.accountId, documentKindOf(kind))

/** Field `document`; empty = a made-up one. */
export const SAMPLE = 'sample'
