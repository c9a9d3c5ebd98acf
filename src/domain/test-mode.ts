/**
 * Marks documents of test mode, for trying things out. The mark is in the id itself, so it is known wherever a document's id is (a send, a
 * delivery, a row of History, a link). In every index that ends in the id, test documents follow the live ones: a list of one kind reads
 * no rows of the other. The column `documents.test` repeats it for people who read the database.
 */
/** ULIDs begin with a digit, so all live ids are below it. */
export const TEST_ID = 'doc_test_'
export const TEST_NUMBER = 'TEST-'

export const isTestDocument = (documentId: string): boolean => documentId.startsWith(TEST_ID)

/** Returns the id prefix for `Deps.newId`. */
export const documentPrefix = (test: boolean): 'doc' | 'doc_test' => (test ? 'doc_test' : 'doc')

/** The same for contacts that programs make in test mode; people make none there. */
const TEST_CONTACT_ID = 'con_test_'

export const isTestContact = (contactId: string): boolean => contactId.startsWith(TEST_CONTACT_ID)

export const contactPrefix = (test: boolean): 'con' | 'con_test' => (test ? 'con_test' : 'con')

/** Returns the bounds of the ids of one mode's contacts: from the first, up to and without the second. */
export const contactIds = (test: boolean): [from: string, to: string] =>
  test ? [TEST_CONTACT_ID, 'con_test~'] : ['con_', TEST_CONTACT_ID]

/** Returns the number pattern; test numbers have a prefix, so that they are recognised and never found by mistake. */
export const patternFor = (pattern: string, test: boolean): string => (test ? TEST_NUMBER + pattern : pattern)
