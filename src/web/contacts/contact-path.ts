import type { ContactView } from '../../db/contact-documents'
import { routes } from '../../routes'

/** Returns the path of a contact's page with one of its views. */
export const contactPath = (id: string, view: ContactView, before?: string): string => {
  const query = { ...(view !== 'documents' && { view }), ...(before && { before }) }
  return Object.keys(query).length > 0 ? `${routes.contact(id)}?${new URLSearchParams(query)}` : routes.contact(id)
}
