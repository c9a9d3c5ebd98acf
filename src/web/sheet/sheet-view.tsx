/** A document as its customer sees it, in its language; on the merchant's page, in the preview and on the hosted page. */
import { addressLines } from '../../domain/address'
import { displayName } from '../../domain/company'
import type { Paper } from '../../domain/document'
import { directionOf } from '../../domain/languages'
import { fitInto } from '../../domain/logo'
import { PaperClosing } from './sheet-closing'
import { paperWords } from './sheet-labels'
import { PaperLines } from './sheet-lines'
import { Fact, Lines, type PaperProps } from './sheet-parts'
import { refersToWords } from './sheet-sentences'

/** @param logo where the paper's logo is, for whoever looks at this page */
export const PaperView = ({ paper, logo }: { paper: Paper; logo: string }) => {
  const words = paperWords(paper)
  return (
    <article
      class="paper"
      lang={words.locale}
      dir={directionOf(words.locale) === 'rtl' ? 'rtl' : undefined}
      aria-labelledby="paper-title"
    >
      <header class="paper-head">
        <Brand paper={paper} logo={logo} />
        <Seller paper={paper} words={words} />
        <Buyer paper={paper} words={words} />
        <Facts paper={paper} words={words} />
      </header>
      <Title paper={paper} words={words} />
      <PaperLines paper={paper} words={words} />
      <PaperClosing paper={paper} words={words} />
      <Footer paper={paper} words={words} />
    </article>
  )
}

const LOGO = { width: 227, height: 76 }

/** The logo, at most 60 × 20 mm as on the PDF, or the seller's name. */
const Brand = ({ paper, logo }: { paper: Paper; logo: string }) => {
  const name = displayName(paper.seller)
  if (!paper.logo) return <div class="paper-brand">{name}</div>
  const { width, height } = fitInto(paper.logo, LOGO, 0.96)
  return (
    <div class="paper-brand">
      <img src={logo} width={Math.round(width)} height={Math.round(height)} alt={name} />
    </div>
  )
}

const Title = ({ paper, words: { t, locale } }: PaperProps) => (
  <div class="paper-title">
    <h2 id="paper-title">
      {t(`document.kind.${paper.kind}`)} {paper.number || `(${t('document.draft')})`}
      {paper.test && <span class="paper-test">{t('document.test')}</span>}
    </h2>
    {paper.refersTo && <p>{refersToWords(t, locale, paper.refersTo)}</p>}
  </div>
)

const Seller = ({ paper: { seller, buyer, logo }, words }: PaperProps) => {
  const abroad = seller.address.country !== buyer.address.country
  const contact = [seller.phone, seller.email, seller.website].filter(Boolean)
  return (
    <div class="paper-seller">
      <Lines
        of={[
          logo ? displayName(seller) : '',
          ...addressLines(seller.address),
          abroad ? words.country(seller.address.country) : '',
          ...contact,
        ]}
      />
    </div>
  )
}

const Buyer = ({ paper: { seller, buyer }, words }: PaperProps) => {
  const abroad = seller.address.country !== buyer.address.country
  return (
    <address class="paper-buyer">
      <div class="strong">{buyer.name || '–'}</div>
      <Lines of={[...addressLines(buyer.address), abroad ? words.country(buyer.address.country) : '']} />
    </address>
  )
}

/** Dates and references; what is empty is left out. */
const Facts = ({ paper: { content, buyer, ...paper }, words: { t, ...words } }: PaperProps) => {
  const { supplyFrom, supplyTo } = content
  const isPeriod = supplyTo !== '' && supplyTo !== supplyFrom
  return (
    <dl class="paper-facts">
      <Fact label={t('document.issueDate')}>{words.date(paper.issueDate)}</Fact>
      <Fact label={t('document.dueDate')}>{words.date(paper.dueDate)}</Fact>
      <Fact label={t(isPeriod ? 'document.supplyPeriod' : 'document.supplyDate')}>
        {words.supply(supplyFrom, supplyTo)}
      </Fact>
      <Fact label={t('document.orderNumber')}>{content.orderNumber}</Fact>
      <Fact label={t('document.buyerReference')}>{content.buyerReference}</Fact>
      <Fact label={t('document.buyerVatId')}>{buyer.vatId}</Fact>
    </dl>
  )
}

/** What the law wants to know of the seller. */
const Footer = ({ paper: { seller }, words: { t } }: PaperProps) => {
  const legal = [
    [seller.legalName, seller.legalForm].filter(Boolean).join(', '),
    [seller.register, seller.registerNumber].filter(Boolean).join(' '),
    seller.vatId && `${t('document.vatId')} ${seller.vatId}`,
    seller.taxNumber && `${t('document.taxNumber')} ${seller.taxNumber}`,
  ].filter(Boolean)
  return (
    <footer class="paper-foot">
      <div>{legal.join(' · ')}</div>
      <Lines of={seller.footer.split('\n')} />
    </footer>
  )
}
