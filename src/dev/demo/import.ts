/**
 * Uploads and checks a file of contacts that waits to be confirmed: good lines, a likely typo, and two invalid lines.
 */
import { checkImport } from '../../commands/contacts/check-import'
import { uploadContacts } from '../../commands/contacts/upload-contacts'
import type { Deps } from '../../commands/deps'

const FILE = `Référence;Raison sociale;E-mail;Adresse;Code postal;Ville;Pays
C-101;Librairie des Capucins;contact@capucins.example;"4, place des Capucins";33800;Bordeaux;France
C-102;Reliure Belle Page;bonjour@gmial.com;12 rue Neuve;21000;Dijon;France
C-103;Buchbinderei Sonnwend;post@sonnwend.example;Lindengasse 9;1070;Wien;Österreich
C-104;Encadreur sans adresse;nulle part;;;Nantes;France
C-105;;atelier@sans-nom.example;;;Rennes;Frnace
`

export async function insertDemoImport(deps: Deps, { accountId, actor }: { accountId: string; actor: string }) {
  const bytes = new TextEncoder().encode(FILE)
  const upload = { accountId, actor, id: deps.newId('imp'), fileName: 'clients-salon-du-livre.csv', bytes }
  const uploaded = await uploadContacts(deps, upload)
  if (!uploaded.ok) throw new Error(uploaded.reason)
  const columns = ['externalId', 'name', 'emails', 'lines', 'postcode', 'town', 'country'] as const
  const checked = await checkImport(
    deps,
    { accountId, id: uploaded.value.id },
    { columns: [...columns], matchBy: 'externalId' },
  )
  if (!checked.ok) throw new Error(checked.reason)
}
