import { runBatch } from '../../db/client'
import { setPdfSha256 } from '../../db/document-pdf'
import type { DocumentSnapshot, UploadedPdf } from '../../domain/document'
import { drawDocument } from '../../pdf/draw-document'
import type { LogoObject } from '../../pdf/logo/logo-object'
import type { Deps } from '../deps'
import { readLogoObject } from '../logo-files'

export interface IssuedDocument {
  accountId: string
  id: string
  number: string
  snapshot: Omit<DocumentSnapshot, 'number'>
  pdfSha256: string | null
}

export interface StoredPdf {
  bytes: Uint8Array
  /** Hex. */
  sha256: string
}

/** A snapshot that can't be drawn, or an uploaded PDF that is lost. Another attempt would fail too. */
export class DrawingError extends Error {}

/** Returns the R2 key of an issued document's drawn PDF, which contains the hash of its bytes. */
export const pdfKey = (accountId: string, sha256: string): string => `pdf/${accountId}/${sha256}.pdf`

/** Returns the PDF of an issued document, which is drawn and stored when it is first needed. */
export async function documentPdf(deps: Deps, document: IssuedDocument): Promise<StoredPdf> {
  const pdf = await drawnPdf(deps, document)
  if (pdf.isNew) await runBatch(deps.db, [setPdfSha256({ ...document, sha256: pdf.sha256 })])
  return pdf
}

/**
 * Returns the PDF like `documentPdf`, and leaves it to the caller to write the hash of a new one (`setPdfSha256`). Drawing is
 * deterministic, so two processes that draw at the same time store the same bytes. The hash is written after the bytes, so it never names a
 * missing object.
 */
export async function drawnPdf(deps: Deps, document: IssuedDocument): Promise<StoredPdf & { isNew: boolean }> {
  const { accountId, id, pdfSha256, snapshot } = document
  if (snapshot.upload) return { ...(await uploadedPdf(deps, snapshot.upload)), isNew: false }
  if (pdfSha256) {
    const object = await deps.bucket.get(pdfKey(accountId, pdfSha256))
    if (object) return { bytes: new Uint8Array(await object.arrayBuffer()), sha256: pdfSha256, isNew: false }
    deps.log({ event: 'pdf_missing', document: id })
  }
  const logo = await readLogoObject(deps, accountId, document.snapshot.logo)
  const bytes = await draw(document, logo)
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)).toHex()
  await deps.bucket.put(pdfKey(accountId, sha256), bytes, { httpMetadata: { contentType: 'application/pdf' } })
  return { bytes, sha256, isNew: !pdfSha256 }
}

async function uploadedPdf(deps: Deps, { key, sha256 }: UploadedPdf): Promise<StoredPdf> {
  const object = await deps.bucket.get(key)
  if (!object) throw new DrawingError('uploaded PDF lost')
  return { bytes: new Uint8Array(await object.arrayBuffer()), sha256 }
}

async function draw({ snapshot, number }: IssuedDocument, logo: LogoObject | undefined): Promise<Uint8Array> {
  try {
    return (await drawDocument({ ...snapshot, number }, logo)).bytes
  } catch (cause) {
    throw new DrawingError('drawing failed', { cause })
  }
}
