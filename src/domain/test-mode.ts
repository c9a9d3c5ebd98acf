/**
 * Test mode: documents to try things with. The mark is in the id itself, so whatever knows a document's id (a send, a delivery, a row
 * of History, a link) knows it, and in every index that ends in the id test documents lie behind the live ones: a list reads none
 * of the others. The column `documents.test` says the same to whoever reads the database.
 */
/** ULIDs begin with a digit, so all live ids are below it. */
export const TEST_ID = 'doc_test_'
export const TEST_NUMBER = 'TEST-'

export const isTestDocument = (documentId: string): boolean => documentId.startsWith(TEST_ID)

/** For `Deps.newId`. */
export const documentPrefix = (test: boolean): 'doc' | 'doc_test' => (test ? 'doc_test' : 'doc')

/** Test numbers are told apart at a glance, and can't be searched for by mistake. */
export const patternFor = (pattern: string, test: boolean): string => (test ? TEST_NUMBER + pattern : pattern)
