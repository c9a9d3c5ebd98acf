import { listContactDocumentRefs } from '../../db/contact-forgetting'
import type { StoredContact } from '../../db/contacts'
import type { Deps } from '../deps'
import { documentEntries } from '../documents/document-zip'
import { jsonEntry, type ZipEntry, zipStream } from '../zip-stream'

const DOCUMENTS_AT_ONCE = 20

/** Returns all data of a contact as one ZIP: its fields, its documents, and the mails about them. */
export const contactZip = (deps: Deps, contact: StoredContact): ReadableStream<Uint8Array> =>
  zipStream(contactEntries(deps, contact))

async function* contactEntries(deps: Deps, contact: StoredContact): AsyncGenerator<ZipEntry> {
  const { accountId, nameKey, ...data } = contact
  yield jsonEntry('contact.json', data, contact.updatedAt)
  let after = ''
  while (true) {
    const refs = await listContactDocumentRefs(deps.db, accountId, contact.id, after, DOCUMENTS_AT_ONCE)
    const last = refs.at(-1)
    if (!last) return
    yield* documentEntries(
      deps,
      accountId,
      refs.map(({ id }) => id),
    )
    after = last.id
  }
}
