/**
 * Updates the preview of a mail: submits the form to a new frame and shows it once it has loaded, so that nothing
 * flickers.
 */

const UPDATE_AFTER_MS = 400

const form = document.querySelector('form:has([data-preview])')
const button = form.querySelector('[data-preview]')
const frames = () => [...form.querySelectorAll('.preview-frame')]
let timer
let count = 0

button.hidden = true

function update() {
  count += 1
  // A new frame adds no entry to the browser's history.
  const next = document.createElement('iframe')
  next.name = `mail-preview-${count}`
  next.title = frames()[0].title
  next.className = 'preview-frame loading'
  next.setAttribute('sandbox', '')
  next.inert = true
  frames().at(-1).after(next)
  // Listens only now, since inserting the frame fires `load` too.
  next.addEventListener('load', () => show(next))
  button.formTarget = next.name
  form.requestSubmit(button)
}

/** Shows a frame and removes older ones, since responses may arrive out of order. */
function show(frame) {
  if (!frame.isConnected) return
  frame.inert = false
  frame.classList.remove('loading')
  for (const older of frames().slice(0, frames().indexOf(frame))) older.remove()
}

for (const name of ['input', 'change'])
  form.addEventListener(name, () => {
    clearTimeout(timer)
    timer = setTimeout(update, UPDATE_AFTER_MS)
  })

// A form with errors, or one restored by the browser, gets a preview of its current values.
if (!frames()[0].hasAttribute('src')) update()
addEventListener('pageshow', (event) => {
  if (event.persisted) update()
})
