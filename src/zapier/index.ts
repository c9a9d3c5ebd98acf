/** Defines the Zapier integration: a program of its own, which calls the API and runs at Zapier. */
import { defineApp, version as platformVersion } from 'zapier-platform-core'
import { authentication } from './authentication'
import { contactChoices, documentChoices } from './choices'
import { createContact } from './create-contact'
import { createDocument } from './create-document'
import { version } from './package.json'
import { sendDocument } from './send-document'
import { deliveryDelivered, deliveryFailed, documentReady } from './triggers'

export default defineApp({
  version,
  platformVersion,
  authentication,
  triggers: {
    [documentReady.key]: documentReady,
    [deliveryDelivered.key]: deliveryDelivered,
    [deliveryFailed.key]: deliveryFailed,
    [contactChoices.key]: contactChoices,
    [documentChoices.key]: documentChoices,
  },
  creates: {
    [createContact.key]: createContact,
    [createDocument.key]: createDocument,
    [sendDocument.key]: sendDocument,
  },
})
