/** @jsxImportSource react */
import { Button, Column, Img, Link, Row, Section } from '@react-email/components'
import type { CSSProperties, ReactNode } from 'react'
import { both, FONT, light } from './theme'

const prose = { fontFamily: FONT, fontSize: '16px', lineHeight: '25px', color: light.ink }
const quiet = { fontFamily: FONT, fontSize: '14px', lineHeight: '20px', color: light.muted }
const small = { ...quiet, fontSize: '12px', lineHeight: '18px' }

export interface SenderProps {
  name: string
  /** Shown instead of the name, which becomes its alternative text. */
  logo?: { src: string; width: number; height: number } | undefined
}

/** Shows the merchant's logo or name. */
export function Sender({ name, logo }: SenderProps) {
  if (logo) return <LogoCell name={name} {...logo} />
  return (
    <Cell>
      <p className="ink" style={{ ...prose, fontSize: '18px', fontWeight: 700, margin: '28px 0 20px' }}>
        {name}
      </p>
    </Cell>
  )
}

/** Shows the logo on white in dark mode too: most logos are made for paper. */
function LogoCell({ name, src, width, height }: { name: string; src: string; width: number; height: number }) {
  return (
    <Cell style={{ paddingTop: '24px', paddingBottom: '16px' }}>
      <Img
        src={src}
        width={width}
        height={height}
        alt={name}
        className="ink"
        style={{ ...prose, ...logoImage, width: `${width}px`, height: `${height}px` }}
      />
    </Cell>
  )
}

/** The font applies to the alternative text where a mail program shows no pictures: small enough for a square logo. */
const logoImage = {
  fontSize: '12px',
  lineHeight: '16px',
  fontWeight: 700,
  maxWidth: '100%',
  backgroundColor: both.logo,
  padding: '6px',
  margin: '0 -6px',
  borderRadius: '6px',
  boxSizing: 'content-box',
} as const

/** Shows a notice that must not be overlooked, across the card. */
export function Banner({ text }: { text: string }) {
  return (
    <Cell style={{ backgroundColor: light.accent }}>
      <p style={{ ...quiet, color: light.ink, fontWeight: 600, margin: '10px 0' }}>{text}</p>
    </Cell>
  )
}

/** Shows the document's current state in a box above the text. */
export function Status({ text }: { text: string }) {
  return (
    <Cell style={{ paddingBottom: '16px' }}>
      <Section className="tint box" style={{ ...box, padding: '10px 16px' }}>
        <p className="ink" style={{ ...quiet, color: light.ink, fontWeight: 600, margin: 0 }}>
          {text}
        </p>
      </Section>
    </Cell>
  )
}

/** Shows the body, and other texts in its style. */
export function Prose({ children }: { children: ReactNode }) {
  return (
    <Cell>
      <div className="ink" style={prose}>
        {children}
      </div>
    </Cell>
  )
}

export interface SummaryProps {
  amountLabel: string
  amount: string
  rows: LabelledValue[]
  action: ActionProps
}

/** Shows the document in a box: kind, amount, dates and the link to it. */
export function Summary({ amountLabel, amount, rows, action }: SummaryProps) {
  return (
    <Cell style={{ paddingTop: '8px' }}>
      <Section className="tint box" style={box}>
        <p className="muted" style={{ ...quiet, margin: 0 }}>
          {amountLabel}
        </p>
        <p className="ink amount" style={{ ...prose, ...large, margin: '0 0 14px' }}>
          {amount}
        </p>
        <Rows rows={rows} />
        <Action {...action} />
      </Section>
    </Cell>
  )
}

interface LabelledValue {
  label: string
  value: string
}

/** Shows rows with a line between them, values at the end of the line. */
function Rows({ rows }: { rows: LabelledValue[] }) {
  return rows.map(({ label, value }) => (
    <Row key={label} className="line" style={{ borderTop: `1px solid ${light.line}` }}>
      <Column
        className="muted"
        valign="top"
        style={{ ...quiet, whiteSpace: 'nowrap', padding: '8px 0', paddingInlineEnd: '12px' }}
      >
        {label}
      </Column>
      {/* The attribute is for Outlook, which ignores `end`. */}
      <Column
        className="ink"
        valign="top"
        align="right"
        style={{ ...quiet, color: light.ink, padding: '8px 0', textAlign: 'end' }}
      >
        {value}
      </Column>
    </Row>
  ))
}

export interface PaymentProps {
  title: string
  rows: LabelledValue[]
  /** The merchant's text; its line breaks are kept. */
  note?: string
}

/** Shows the bank account to pay to, in a box. */
export function Payment({ title, rows, note }: PaymentProps) {
  return (
    <Cell style={{ paddingTop: '16px' }}>
      <Section className="tint box" style={{ ...box, padding: '16px 22px' }}>
        <p className="ink" style={{ ...quiet, color: light.ink, fontWeight: 600, margin: '0 0 8px' }}>
          {title}
        </p>
        <Rows rows={rows} />
        {note && (
          <p className="ink" style={{ ...quiet, color: light.ink, margin: '6px 0 0', whiteSpace: 'pre-line' }}>
            {note}
          </p>
        )}
      </Section>
    </Cell>
  )
}

const box = {
  backgroundColor: light.tint,
  border: `1px solid ${light.line}`,
  borderRadius: '8px',
  padding: '20px 22px 22px',
}
const large = { fontSize: '32px', lineHeight: '40px', fontWeight: 700, letterSpacing: '-0.02em' }

export interface Fact {
  label: string
  value: string
}

/** Shows facts in a box. Each is below its label, since some are sentences. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <Cell style={{ paddingBottom: '8px' }}>
      <Section className="tint box" style={{ ...box, padding: '14px 22px' }}>
        {facts.map(({ label, value }) => (
          <p key={label} className="ink" style={{ ...quiet, color: light.ink, margin: '6px 0' }}>
            <span className="muted" style={{ ...small, color: light.muted }}>
              {label}
            </span>
            <br />
            {value}
          </p>
        ))}
      </Section>
    </Cell>
  )
}

export interface ActionProps {
  label: string
  href: string
}

export function Action({ label, href }: ActionProps) {
  return (
    <Button
      className="action"
      href={href}
      style={{
        fontFamily: FONT,
        fontSize: '16px',
        fontWeight: 600,
        color: light.onAction,
        backgroundColor: light.action,
        borderRadius: '6px',
        padding: '13px 24px',
        marginTop: '14px',
      }}
    >
      {label}
    </Button>
  )
}

/** Shows muted lines at the end of the card. */
export function Notes({ lines }: { lines: string[] }) {
  return (
    <Cell style={{ paddingTop: '20px', paddingBottom: '24px' }}>
      <Lines lines={lines} style={quiet} />
    </Cell>
  )
}

export interface FooterProps {
  lines: string[]
  unsubscribe?: ActionProps
}

/** Shows who sends the mail and why, below the card. */
export function Footer({ lines, unsubscribe }: FooterProps) {
  return (
    <Cell style={{ paddingTop: '20px' }}>
      <Lines lines={lines} style={small} />
      {unsubscribe && (
        <Link className="muted" href={unsubscribe.href} style={{ ...small, textDecorationLine: 'underline' }}>
          {unsubscribe.label}
        </Link>
      )}
    </Cell>
  )
}

function Lines({ lines, style }: { lines: string[]; style: CSSProperties }) {
  return lines.map((line) => (
    <p key={line} className="muted" style={{ ...style, margin: '0 0 4px' }}>
      {line}
    </p>
  ))
}

function Cell({ children, style }: { children: ReactNode; style?: CSSProperties }) {
  return (
    <Section className="pad" style={{ paddingLeft: '36px', paddingRight: '36px', ...style }}>
      {children}
    </Section>
  )
}
