/**
 * Shows a document as its customer sees it, in its language: on the merchant's page, in the preview and on the hosted
 * page.
 */
import { addressLines } from '../../domain/address'
import { displayName } from '../../domain/company'
import type { DocumentSnapshot } from '../../domain/document'
import { directionOf } from '../../domain/languages'
import { fitInto } from '../../domain/logo'
import { SheetClosing } from './sheet-closing'
import { sheetLabels } from './sheet-labels'
import { SheetLines } from './sheet-lines'
import { Fact, Lines, type SheetProps } from './sheet-parts'
import { refersToSentence } from './sheet-sentences'

/** @param logo URL of the document's logo that the viewer of this page may load */
export const SheetView = ({ snapshot, logo }: { snapshot: DocumentSnapshot; logo: string }) => {
  const labels = sheetLabels(snapshot)
  return (
    <article
      class="sheet"
      lang={labels.locale}
      dir={directionOf(labels.locale) === 'rtl' ? 'rtl' : undefined}
      aria-labelledby="sheet-title"
    >
      <header class="sheet-head">
        <Brand snapshot={snapshot} logo={logo} />
        <Seller snapshot={snapshot} labels={labels} />
        <Buyer snapshot={snapshot} labels={labels} />
        <Facts snapshot={snapshot} labels={labels} />
      </header>
      <Title snapshot={snapshot} labels={labels} />
      <SheetLines snapshot={snapshot} labels={labels} />
      <SheetClosing snapshot={snapshot} labels={labels} />
      <Footer snapshot={snapshot} labels={labels} />
    </article>
  )
}

const LOGO = { width: 227, height: 76 }

/** Shows the logo, at most 60 × 20 mm as in the PDF, or the seller's name. */
const Brand = ({ snapshot, logo }: { snapshot: DocumentSnapshot; logo: string }) => {
  const name = displayName(snapshot.seller)
  if (!snapshot.logo) return <div class="sheet-brand">{name}</div>
  const { width, height } = fitInto(snapshot.logo, LOGO, 0.96)
  return (
    <div class="sheet-brand">
      <img src={logo} width={Math.round(width)} height={Math.round(height)} alt={name} />
    </div>
  )
}

const Title = ({ snapshot, labels: { t, locale } }: SheetProps) => (
  <div class="sheet-title">
    <h2 id="sheet-title">
      {t(`document.kind.${snapshot.kind}`)} {snapshot.number || `(${t('document.draft')})`}
      {snapshot.test && <span class="sheet-test">{t('document.test')}</span>}
    </h2>
    {snapshot.refersTo && <p>{refersToSentence(t, locale, snapshot.refersTo)}</p>}
  </div>
)

const Seller = ({ snapshot: { seller, buyer, logo }, labels }: SheetProps) => {
  const abroad = seller.address.country !== buyer.address.country
  const contact = [seller.phone, seller.email, seller.website].filter(Boolean)
  return (
    <div class="sheet-seller">
      <Lines
        of={[
          logo ? displayName(seller) : '',
          ...addressLines(seller.address),
          abroad ? labels.country(seller.address.country) : '',
          ...contact,
        ]}
      />
    </div>
  )
}

const Buyer = ({ snapshot: { seller, buyer }, labels }: SheetProps) => {
  const abroad = seller.address.country !== buyer.address.country
  return (
    <address class="sheet-buyer">
      <div class="strong">{buyer.name || '–'}</div>
      <Lines of={[...addressLines(buyer.address), abroad ? labels.country(buyer.address.country) : '']} />
    </address>
  )
}

/** Shows dates and references; empty ones are left out. */
const Facts = ({ snapshot: { content, buyer, ...snapshot }, labels: { t, ...labels } }: SheetProps) => {
  const { supplyFrom, supplyTo } = content
  const isPeriod = supplyTo !== '' && supplyTo !== supplyFrom
  return (
    <dl class="sheet-facts">
      <Fact label={t('document.issueDate')}>{labels.date(snapshot.issueDate)}</Fact>
      <Fact label={t('document.dueDate')}>{labels.date(snapshot.dueDate)}</Fact>
      <Fact label={t(isPeriod ? 'document.supplyPeriod' : 'document.supplyDate')}>
        {labels.supply(supplyFrom, supplyTo)}
      </Fact>
      <Fact label={t('document.orderNumber')}>{content.orderNumber}</Fact>
      <Fact label={t('document.buyerReference')}>{content.buyerReference}</Fact>
      <Fact label={t('document.buyerVatId')}>{buyer.vatId}</Fact>
    </dl>
  )
}

/** Shows the legal data of the seller. */
const Footer = ({ snapshot: { seller }, labels: { t } }: SheetProps) => {
  const legal = [
    [seller.legalName, seller.legalForm].filter(Boolean).join(', '),
    [seller.register, seller.registerNumber].filter(Boolean).join(' '),
    seller.vatId && `${t('document.vatId')} ${seller.vatId}`,
    seller.taxNumber && `${t('document.taxNumber')} ${seller.taxNumber}`,
  ].filter(Boolean)
  return (
    <footer class="sheet-foot">
      <div>{legal.join(' · ')}</div>
      <Lines of={seller.footer.split('\n')} />
    </footer>
  )
}
