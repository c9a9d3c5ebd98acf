/** Selects documents in a list: all of the page at once, and ranges with the shift key. */

const form = document.querySelector('form.selection')
const page = form?.querySelector('[data-select-page]')
const boxes = () => [...form.querySelectorAll('input[name="document"]')]

function show() {
  const ticked = boxes().filter((box) => box.checked).length
  page.checked = ticked > 0 && ticked === boxes().length
  page.indeterminate = ticked > 0 && ticked < boxes().length
  // CSS counters are not read out by screen readers.
  const count = form.querySelector('.selection-count')
  count.setAttribute('aria-label', `${count.dataset.selected} ${ticked}`)
}

if (form && page) {
  page.hidden = false
  let last

  form.addEventListener('click', (event) => {
    const box = event.target
    if (box.name !== 'document') return
    if (event.shiftKey && last) {
      const all = boxes()
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b)
      for (const other of all.slice(from, to + 1)) other.checked = box.checked
    }
    last = box
    show()
  })

  page.addEventListener('change', () => {
    for (const box of boxes()) box.checked = page.checked
    show()
  })

  form.addEventListener('change', show)
  form.addEventListener('reset', () => setTimeout(show))
  addEventListener('pageshow', show)
}
