/** Writes the text part of a mail from the same content as its HTML. */
import type { DocumentMailContent } from '../../emails/document-mail'
import type { NoticeMailContent } from '../../emails/notice-mail'

const RULE = '-'.repeat(40)

export function documentMailText({
  banner,
  status,
  body,
  summary,
  payment,
  notes,
  footer,
}: DocumentMailContent): string {
  const rows = [{ label: summary.amountLabel, value: summary.amount }, ...summary.rows]
  return blocks(
    banner,
    status,
    body.text,
    lines(RULE, ...table(rows)),
    payment && lines(payment.title, ...table(payment.rows), payment.note),
    lines(summary.action.label, summary.action.href),
    lines(...notes),
    footerText(footer),
  )
}

export function noticeMailText({
  body,
  facts = [],
  items = [],
  notes = [],
  action,
  footer,
}: NoticeMailContent): string {
  return blocks(
    body.text,
    facts.length > 0 ? lines(RULE, ...facts.map(({ label, value }) => `${label}: ${value}`)) : undefined,
    ...items.map(({ title, text }) => lines(title, text)),
    ...notes,
    lines(action.label, action.href),
    footerText(footer),
  )
}

function footerText({ lines: sentences, unsubscribe }: NoticeMailContent['footer']): string {
  return lines(RULE, ...sentences, unsubscribe?.label, unsubscribe?.href)
}

/** Writes labels and values in two columns. */
function table(rows: { label: string; value: string }[]): string[] {
  const width = Math.max(...rows.map(({ label }) => label.length)) + 2
  return rows.map(({ label, value }) => label.padEnd(width) + value)
}

const lines = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join('\n')
const blocks = (...parts: (string | undefined)[]): string => `${parts.filter(Boolean).join('\n\n')}\n`
