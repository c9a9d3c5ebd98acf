/** Guesses which column of an imported file is which field of a contact, by its header in five languages. */
import type { ContactField } from './contact'
import { MAX_EMAILS } from './email-addresses'
import { searchKey } from './search-key'

/** The field of each column; '' = the column is ignored. Several columns may be one field (first and last name, two lines of an address). */
export type ImportColumns = (ContactField | '')[]

/** Headers of a business name, of a full name, and of the parts of a person's name. */
const COMPANY = `company companyname business businessname organization organisation firm raisonsociale societe entreprise
  nomdelentreprise firma firmenname unternehmen azienda ragionesociale denominazione societa ditta empresa razonsocial`
const WHOLE = `name fullname customer customername client clientname contact contactname displayname nom nomcomplet nomduclient
  kunde kundenname vollername nome nomecompleto cliente nomecliente nombre nombrecompleto nombredelcliente`
const FIRST = 'firstname givenname forename prenom vorname nombredepila'
const LAST = 'lastname surname familyname nomdefamille nachname familienname zuname cognome apellido apellidos'

const numbered = (head: string, count: number): string =>
  Array.from({ length: count }, (_, index) => `${head}${index + 1}`).join(' ')

const HEADS: Partial<Record<ContactField, string>> = {
  kind: 'kind type customertype contacttype art typ kundentyp typedeclient typeclient tipo tipodecliente tipocliente',
  emails: `email emails mail emailaddress mailaddress billingemail invoiceemail contactemail courriel adressemail adresseemail
    adresseelectronique mel emailadresse mailadresse indirizzoemail indirizzodipostaelettronica postaelettronica posta correo
    correoelectronico direcciondecorreo ${numbered('email', MAX_EMAILS)}`,
  lines: `address addressline address1 address2 address3 addressline1 addressline2 street street1 street2 streetaddress
    streetandnumber billingaddress adresse adresse1 adresse2 rue rueetnumero numeroetrue voie complementdadresse
    strasse strasseundhausnummer strassehausnummer strassenr anschrift adresszusatz indirizzo indirizzo1 indirizzo2 via
    viaenumerocivico calle calleynumero direccion direccion1 direccion2 domicilio`,
  postcode: `postcode postalcode zip zipcode zippostalcode plz postleitzahl codepostal cp cap codicepostale codigopostal`,
  town: `town city locality ville commune localite ort stadt wohnort citta comune localita ciudad poblacion localidad municipio`,
  region: `region state province county stateprovince bundesland kanton departement regione provincia prov
    comunidadautonoma etat`,
  country:
    'country countrycode countryregion pays codepays land landercode landercode2 staat paese nazione pais codigopais',
  vatId: `vat vatnumber vatid vatno vatregistrationnumber taxid taxnumber tva numerotva numerodetva ntva tvaintracommunautaire
    numerodetvaintracommunautaire ustid ustidnr umsatzsteuerid umsatzsteueridentifikationsnummer mwstnummer mwstnr uid
    partitaiva piva numeroiva nif cif nifcif nifiva numerodeiva`,
  language: 'language locale preferredlanguage lang langue sprache lingua idioma lengua',
  currency: 'currency currencycode devise monnaie wahrung waehrung valuta moneda divisa',
  notes: `notes note comment comments remark remarks memo remarque remarques commentaire commentaires notiz notizen bemerkung
    bemerkungen kommentar anmerkung anmerkungen osservazioni commenti notas nota observaciones comentarios`,
  externalId: `id externalid idelsewhere customerid customernumber customerno clientid reference ref numeroclient
    numerodeclient referenceclient codeclient idclient identifiant identifiantexterne kundennummer kundennr kdnr kundenid
    kennunganderswo externeid idesterno codicecliente numerocliente idcliente idexterno codigocliente codigodecliente
    numerodecliente referencia`,
  source: 'source wherefrom origin origine provenance quelle herkunft provenienza fonte origen procedencia fuente',
}

const split = (list: string): string[] => list.split(/\s+/)
const setOf = (list: string) => new Set(split(list))
const [companyHeads, wholeHeads, firstHeads, lastHeads] = [setOf(COMPANY), setOf(WHOLE), setOf(FIRST), setOf(LAST)]
const FIELD_OF = new Map(
  Object.entries(HEADS).flatMap(([field, heads]) => split(heads).map((head) => [head, field as ContactField] as const)),
)

/** Returns a field for each column whose header is known. Of two columns for one field the first counts, except for `SEVERAL`. */
export function guessColumns(header: readonly string[]): ImportColumns {
  const heads = header.map(headKey)
  const names = nameColumns(heads)
  const seen = new Set<string>()
  return heads.map((head, index) => {
    if (names.includes(index)) return 'name'
    const field = FIELD_OF.get(head)
    if (!field || (seen.has(field) && !SEVERAL.includes(field))) return ''
    seen.add(field)
    return field
  })
}

/** Fields that several columns may share. */
const SEVERAL: readonly ContactField[] = ['name', 'emails', 'lines', 'notes']

/** Returns the columns of the name: that of a business, else those of a person's full, first and last name. */
function nameColumns(heads: string[]): number[] {
  const where = (known: Set<string>) => heads.flatMap((head, index) => (known.has(head) ? [index] : []))
  const [company, whole, first, last] = [where(companyHeads), where(wholeHeads), where(firstHeads), where(lastHeads)]
  if (company.length > 0) return company.slice(0, 1)
  if (first.length > 0 || last.length > 0) return [...whole.slice(0, 1), ...first.slice(0, 1), ...last.slice(0, 1)]
  return whole.slice(0, 1)
}

/** Normalises a header: letters and digits, without what is in brackets: « E-Mail-Adresse (privat) » → 'emailadresse'. */
const headKey = (head: string): string =>
  searchKey(head.replace(/\(.*?\)|\[.*?\]/g, ''))
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]/g, '')
