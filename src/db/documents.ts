/** Queries of single documents. Lists are in `document-list.ts`, finalising in `finalisation.ts`. */
import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { DocumentContent, DocumentKind, Totals } from '../domain/document'
import type { Metadata } from '../domain/metadata'
import { isTestDocument } from '../domain/test-mode'
import { type Db, jsonList } from './client'
import { documents } from './schema'

export type StoredDocument = typeof documents.$inferSelect

/** The columns that the form writes. Those beside `content` are for lists. */
export interface DraftColumns {
  contactId: string | null
  contactName: string
  contactKey: string
  issueDate: string
  dueDate: string
  currency: string
  /** Minor units. */
  total: number
  content: DocumentContent
  /** Absent = as they are. */
  externalId?: string | null
  metadata?: Metadata
}

export interface NewDraft extends DraftColumns {
  accountId: string
  /** Begins with `TEST_ID` if it is a test document. */
  id: string
  kind: DocumentKind
  createdBy: string
  /** The document that a credit note credits. */
  refersTo?: string
}

/** Records why an automatic document is not mailed, unless it was sent. For the batch that finalises it. */
export const setNotSentReason = (db: Db, accountId: string, id: string, reason: string) =>
  db
    .update(documents)
    .set({ notSentReason: reason })
    .where(and(is(accountId, id), eq(documents.status, 'final'), isNull(documents.latestSendId)))

const is = (accountId: string, id: string) => and(eq(documents.accountId, accountId), eq(documents.id, id))

export const findDocument = (db: Db, accountId: string, id: string): Promise<StoredDocument | undefined> =>
  db.select().from(documents).where(is(accountId, id)).get()

/** Lists those of `ids` that the account has. */
export async function listKnownDocuments(db: Db, accountId: string, ids: string[]): Promise<string[]> {
  const rows = await db.all<{ id: string }>(sql`
    SELECT c.id FROM json_each(${jsonList(ids)}) j CROSS JOIN documents c ON c.account_id = ${accountId} AND c.id = j.value`)
  return rows.map(({ id }) => id)
}

/** Returns the taxes of each issued credit note of a document. */
export async function listCreditedTaxes(db: Db, accountId: string, id: string): Promise<Totals['taxes'][]> {
  const rows = await db
    .select({ snapshot: documents.snapshot })
    .from(documents)
    .where(and(eq(documents.accountId, accountId), eq(documents.refersTo, id), eq(documents.status, 'final')))
  return rows.flatMap(({ snapshot }) => (snapshot ? [snapshot.totals.taxes] : []))
}

/**
 * Inserts a draft. Returns no row when the id exists already, because the same form was sent twice. Fails (`isExternalIdTaken`) if another
 * document has its external id.
 */
export const insertDraft = (db: Db, draft: NewDraft, now: number) =>
  db
    .insert(documents)
    .values({ ...draft, test: isTestDocument(draft.id), status: 'draft', version: 1, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: [documents.accountId, documents.id] })
    .returning({ id: documents.id })

/** Reports whether a statement failed because another document of the same mode has the external id. */
export const isExternalIdTaken = (error: unknown): boolean =>
  `${error} ${String(causeOf(error))}`.includes('documents.external_id')

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined)

/** Updates a draft. Returns false when it is no longer a draft of that version. */
export async function updateDraft(
  db: Db,
  { accountId, id, version }: { accountId: string; id: string; version: number },
  columns: DraftColumns,
  { at, by }: { at: number; by: string | null },
): Promise<boolean> {
  const rows = await db
    .update(documents)
    .set({ ...columns, version: version + 1, updatedAt: at, ...(by !== null && { editedBy: by }) })
    .where(and(is(accountId, id), eq(documents.status, 'draft'), eq(documents.version, version)))
    .returning({ id: documents.id })
  return rows.length > 0
}

/** Deletes a draft. For a batch; returns no row when there is no such draft. Issued documents can't be deleted. */
export const deleteDraft = (db: Db, accountId: string, id: string) =>
  db
    .delete(documents)
    .where(and(is(accountId, id), eq(documents.status, 'draft')))
    .returning({ id: documents.id })

/** Sets when an invoice was paid, if it is final, not paid and not credited in full; for a batch in which `insertHistory` follows. */
export const markDocumentPaid = (db: Db, accountId: string, id: string, paidAt: number, now: number) =>
  db
    .update(documents)
    .set({ paidAt, updatedAt: now })
    .where(
      and(
        is(accountId, id),
        eq(documents.kind, 'invoice'),
        eq(documents.status, 'final'),
        isNull(documents.paidAt),
        or(eq(documents.credited, 0), lt(documents.credited, documents.total)),
      ),
    )
    .returning({ id: documents.id })

/** Marks an invoice as unpaid, for a batch in which `insertHistory` follows. Receipts stay paid. */
export const markDocumentUnpaid = (db: Db, accountId: string, id: string, now: number) =>
  db
    .update(documents)
    .set({ paidAt: null, updatedAt: now })
    .where(and(is(accountId, id), eq(documents.kind, 'invoice'), isNotNull(documents.paidAt)))
    .returning({ id: documents.id })
