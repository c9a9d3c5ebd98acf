/** Variables of a text become buttons that write themselves where the cursor was; without scripts they are a list to copy. */

const fields = [...document.querySelectorAll('[data-insert-into]')]
let field = fields.at(-1)

for (const one of fields) one.addEventListener('focus', () => (field = one))

for (const code of document.querySelectorAll('[data-insert]')) {
  if (!field || field.matches(':disabled')) break
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'insert'
  const text = code.textContent
  code.replaceWith(button)
  button.append(code)
  button.addEventListener('click', () => {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
    field.focus()
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
