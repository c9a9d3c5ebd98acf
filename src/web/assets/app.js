/** Enhances every page; all pages work without this file. */

const isTyping = (element) => element?.matches('input, select, textarea, [contenteditable]')

// "/" moves the focus to the search.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  const search = document.querySelector('[data-search]')
  if (!search) return
  event.preventDefault()
  search.focus()
  search.select()
})

// Escape, a click elsewhere, and a focus outside close a menu.
const openMenus = () => document.querySelectorAll('details.menu[open]')

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  for (const menu of openMenus()) {
    menu.open = false
    menu.querySelector('summary').focus()
  }
})

for (const name of ['click', 'focusin'])
  document.addEventListener(name, (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
  })

// Prevents a form from being sent twice; the server would handle it as one request anyway.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || form.dataset.sent) {
    if (form.dataset.sent) event.preventDefault()
    return
  }
  if (form.method === 'post' && !form.target && !event.submitter?.formTarget) form.dataset.sent = 'yes'
})

// "Back" may restore the page with its buttons disabled.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
})

// A click on a suggestion puts its value into the field.
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-fill]')
  const field = button && document.getElementById(button.dataset.fill)
  if (!field) return
  field.value = button.dataset.value
  button.parentElement.remove()
  field.focus()
  field.dispatchEvent(new Event('change', { bubbles: true }))
})

// Counts down the seconds left at rendering, so that a wrong clock of the visitor doesn't matter.
const countdowns = new WeakMap()

const clock = (seconds) => {
  const s = Math.max(0, Math.ceil(seconds))
  const rest = String(s % 60).padStart(2, '0')
  return s >= 3600
    ? `${Math.floor(s / 3600)}:${String(Math.floor(s / 60) % 60).padStart(2, '0')}:${rest}`
    : `${Math.floor(s / 60)}:${rest}`
}

setInterval(() => {
  for (const element of document.querySelectorAll('[data-countdown]')) {
    if (!countdowns.has(element)) countdowns.set(element, performance.now() + Number(element.dataset.countdown) * 1000)
    const left = (countdowns.get(element) - performance.now()) / 1000
    element.textContent = clock(left)
    if (left <= 0 && !element.dataset.over) {
      element.dataset.over = 'yes'
      element.dispatchEvent(new CustomEvent('countdown-over', { bubbles: true }))
    }
  }
}, 500)

// Preselects the browser's time zone.
for (const select of document.querySelectorAll('select[data-guess-time-zone]')) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if ([...select.options].some((option) => option.value === zone)) select.value = zone
}

// Scrolls a row of sections so that the current one is visible.
for (const current of document.querySelectorAll('.sections [aria-current], .tabs [aria-current]')) {
  const row = current.parentElement
  row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.clientWidth) / 2
}
