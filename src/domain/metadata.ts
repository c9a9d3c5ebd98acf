/** Pairs of texts that programs keep with a contact, a document or a send; Facteur only returns them. */
export type Metadata = Record<string, string>

export const MAX_METADATA = 20
export const METADATA_KEY_CHARS = 40
export const METADATA_VALUE_CHARS = 500
