// What goes into the workflow bundle.
export { clientRegistration } from './client-registration.ts';
export { consent } from './consent.ts';
export { payment } from './payment.ts';
export { paymentJourney } from './payment-journey.ts';
export { webhookDelivery } from './webhook-delivery.ts';
