/** Keeps the preview of a mail up to date: sends the form to a new frame and shows it once it is there, so that nothing flickers. */

const UPDATE_AFTER_MS = 400

const form = document.querySelector('form:has([data-preview])')
const button = form.querySelector('[data-preview]')
const frames = () => [...form.querySelectorAll('.preview-frame')]
let timer
let count = 0

button.hidden = true

function update() {
  count += 1
  // A frame that is new adds nothing to the browser's history.
  const next = document.createElement('iframe')
  next.name = `mail-preview-${count}`
  next.title = frames()[0].title
  next.className = 'preview-frame loading'
  next.setAttribute('sandbox', '')
  next.inert = true
  frames().at(-1).after(next)
  // Only now: being inserted is a load of its own.
  next.addEventListener('load', () => show(next))
  button.formTarget = next.name
  form.requestSubmit(button)
}

/** Answers may overtake each other: whatever is older than the one that came goes. */
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

// A form that came back with errors, or from the browser's memory, is shown as it stands.
if (!frames()[0].hasAttribute('src')) update()
addEventListener('pageshow', (event) => {
  if (event.persisted) update()
})
