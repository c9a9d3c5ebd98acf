/**
 * Turns the variables of a text into buttons that insert them at the caret; without scripts they are a list to copy
 * from.
 */

// Kept by id, since a field may be replaced by one in another language.
let fieldId = [...document.querySelectorAll('[data-insert-into]')].at(-1)?.id

document.addEventListener('focusin', (event) => {
  if (event.target.matches?.('[data-insert-into]')) fieldId = event.target.id
})

for (const item of document.querySelectorAll('[data-insert]')) {
  if (document.getElementById(fieldId)?.matches(':disabled') ?? true) break
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'chip insert'
  button.append(...item.childNodes)
  item.append(button)
  button.addEventListener('click', () => insert(item.dataset.insert))
}

function insert(text) {
  const field = document.getElementById(fieldId)
  field.focus()
  // Inserts so that the browser's undo still works, if it supports the command.
  if (document.execCommand('insertText', false, text)) return
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
