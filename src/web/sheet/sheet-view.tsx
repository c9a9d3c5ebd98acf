/**
 * Shows a document as its customer sees it, in its language: on the merchant's page, in the preview and on the hosted
 * page.
 */
import { displayName } from '../../domain/company'
import type { DocumentSnapshot } from '../../domain/document'
import { directionOf } from '../../domain/languages'
import { fitInto } from '../../domain/logo'
import { buyerLines, documentFacts, sellerLines } from '../../i18n/document-facts'
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

const Seller = ({ snapshot, labels }: SheetProps) => {
  const { seller, logo } = snapshot
  return (
    <div class="sheet-seller">
      <Lines
        of={[
          logo ? displayName(seller) : '',
          ...sellerLines(snapshot, labels),
          ...[seller.phone, seller.email, seller.website],
        ]}
      />
    </div>
  )
}

const Buyer = ({ snapshot, labels }: SheetProps) => (
  <address class="sheet-buyer">
    <div class="strong">{snapshot.buyer.name || '–'}</div>
    <Lines of={buyerLines(snapshot, labels)} />
  </address>
)

/** Shows dates and references. */
const Facts = ({ snapshot, labels }: SheetProps) => (
  <dl class="sheet-facts">
    {documentFacts(snapshot, labels).map(([label, value]) => (
      <Fact label={labels.t(label)}>{value}</Fact>
    ))}
  </dl>
)

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
