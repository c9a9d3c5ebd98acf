/** Renders the Markdown that descriptions use: paragraphs, and code between backticks. */
export const Prose = ({ text }: { text: string }) => (
  <>
    {text.split('\n\n').map((paragraph) => (
      <p>
        <InlineCode text={paragraph} />
      </p>
    ))}
  </>
)

export const InlineCode = ({ text }: { text: string }) => (
  <>{text.split('`').map((piece, index) => (index % 2 === 1 ? <code>{piece}</code> : piece))}</>
)
