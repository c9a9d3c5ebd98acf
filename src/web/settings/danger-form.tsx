/** Explains what is taken away or given up, above the button that does it. */
export const DangerForm = ({ action, text, button }: { action: string; text: string; button: string }) => (
  <form class="stack" method="post" action={action}>
    <p class="muted">{text}</p>
    <div>
      <button type="submit" class="danger">
        {button}
      </button>
    </div>
  </form>
)
