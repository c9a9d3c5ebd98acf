/** @jsxImportSource react */
import { Container, Head, Html, Section } from '@react-email/components'
import type { ReactNode } from 'react'
import { directionOf } from '../../src/domain/languages'
import { dark, light } from './theme'

export interface FrameProps {
  /** BCP 47. */
  language: string
  title: string
  /** Text that an inbox shows beside the subject. */
  preheader: string
  /** schema.org data, already safe inside a script element. */
  jsonLd?: string
  children: ReactNode
  /** Below the card. */
  footer: ReactNode
}

const darkRules =
  `.page{background:${dark.page}!important}.card{background:${dark.card}!important}.tint{background:${dark.tint}!important}` +
  `.card,.tint,.line{border-color:${dark.line}!important}.bar{border-top-color:${light.accent}!important}` +
  `.ink{color:${dark.ink}!important}.muted{color:${dark.muted}!important}` +
  `.action{background:${dark.action}!important;color:${dark.onAction}!important}`

const css =
  ':root{color-scheme:light dark;supported-color-schemes:light dark}' +
  '@media (max-width:480px){.pad{padding-left:20px!important;padding-right:20px!important}.box{padding:16px!important}.amount{font-size:24px!important}.action{display:block!important;text-align:center!important}}' +
  `@media (prefers-color-scheme:dark){${darkRules}}`

const page = { backgroundColor: light.page, margin: 0, wordBreak: 'break-word', overflowWrap: 'anywhere' } as const
const card = {
  backgroundColor: light.card,
  border: `1px solid ${light.line}`,
  borderTop: `4px solid ${light.accent}`,
  borderRadius: '8px',
}
const hidden = {
  display: 'none',
  overflow: 'hidden',
  maxHeight: 0,
  maxWidth: 0,
  opacity: 0,
  lineHeight: '1px',
} as const

/** Renders a card on a page, at most 600 px wide. The width attribute is for Outlook, which ignores max-width. */
export function Frame({ language, title, preheader, jsonLd, children, footer }: FrameProps) {
  return (
    <Html lang={language} dir={directionOf(language)}>
      <Head>
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{css}</style>
        {jsonLd && <script type="application/ld+json">{jsonLd}</script>}
      </Head>
      {/* React Email's Body puts its colours on an inner cell, where dark mode can't reach them. */}
      <body className="page" style={page}>
        <div style={hidden}>{preheader}</div>
        <Section className="page" style={{ ...page, padding: '24px 12px' }}>
          <Container width="600" style={{ width: '100%', maxWidth: '600px' }}>
            <Section className="card bar" style={card}>
              {children}
            </Section>
            {footer}
          </Container>
        </Section>
      </body>
    </Html>
  )
}
