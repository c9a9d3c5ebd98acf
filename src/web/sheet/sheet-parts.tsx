import type { Child } from 'hono/jsx'
import type { DocumentSnapshot } from '../../domain/document'
import type { SheetLabels } from './sheet-labels'

export interface SheetProps {
  snapshot: DocumentSnapshot
  labels: SheetLabels
}

/** Shows a label and its value in a `<dl>`; nothing when the value is empty. */
export const Fact = ({ label, children }: { label: string; children: Child }) =>
  children ? (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  ) : null

export const Lines = ({ of }: { of: string[] }) => (
  <>
    {of
      .filter((line) => line !== '')
      .map((line) => (
        <div>{line}</div>
      ))}
  </>
)
