import type { ContactView } from '../../db/contact-documents'
import { routes } from '../../routes'
import { withQuery } from '../ui/with-query'

/** Returns the path of a contact's page with one of its views. */
export const contactPath = (id: string, view: ContactView, before?: string): string =>
  withQuery(routes.contact(id), { view: view === 'documents' ? undefined : view, before })
